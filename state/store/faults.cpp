#include "state/store/faults.hpp"

namespace synthetics::state {
namespace {

FaultRule Read(sqlite::Statement& row) {
  FaultRule rule;
  rule.id = row.Next<std::int64_t>();
  rule.told = row.Next<std::string>();
  rule.times = row.Next<std::optional<std::int64_t>>();
  rule.after_requests = row.Next<std::int64_t>();
  rule.hits = row.Next<std::int64_t>();
  return rule;
}

}  // namespace

bool Faults::IsEmpty() const {
  if (!is_empty_) is_empty_ = !database_.Prepare("SELECT 1 FROM faults LIMIT 1").Step();
  return *is_empty_;
}

void Faults::Insert(FaultRule& rule) {
  Forget();
  auto insert = database_.Prepare(
      "INSERT INTO faults (told, times, after_requests, hits) VALUES (?, ?, ?, ?) RETURNING id");
  insert.Bind(rule.told, rule.times, rule.after_requests, rule.hits);
  insert.Step();
  rule.id = insert.Next<std::int64_t>();
}

void Faults::Save(const FaultRule& rule) {
  database_.Prepare("UPDATE faults SET times = ?, after_requests = ?, hits = ? WHERE id = ?")
      .Bind(rule.times, rule.after_requests, rule.hits, rule.id)
      .Run();
}

std::vector<FaultRule> Faults::All() const {
  auto rows =
      database_.Prepare("SELECT id, told, times, after_requests, hits FROM faults ORDER BY id");
  std::vector<FaultRule> rules;
  while (rows.Step()) rules.push_back(Read(rows));
  return rules;
}

std::optional<FaultRule> Faults::Find(std::int64_t id) const {
  auto row =
      database_.Prepare("SELECT id, told, times, after_requests, hits FROM faults WHERE id = ?");
  row.Bind(id);
  if (!row.Step()) return {};
  return Read(row);
}

bool Faults::Remove(std::int64_t id) {
  Forget();
  return database_.Prepare("DELETE FROM faults WHERE id = ? RETURNING 1").Bind(id).Step();
}

void Faults::Clear() {
  Forget();
  database_.Prepare("DELETE FROM faults").Run();
}

void Faults::Reset() {
  Clear();
  database_.Prepare("DELETE FROM sqlite_sequence WHERE name = 'faults'").Run();
}

}  // namespace synthetics::state
