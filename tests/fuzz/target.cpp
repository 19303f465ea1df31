// Targets, percent-encoding and ARNs: what is read can be written and read again.
#include "api/target.hpp"

#include "api/arn.hpp"
#include "api/operation.hpp"
#include "api/percent.hpp"
#include "tests/fuzz/check.hpp"

using namespace synthetics;
using tests::Expect;

namespace {

std::string Encoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string encoded;
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    encoded.append({'%', kDigits[byte / 16], kDigits[byte % 16]});
  }
  return encoded;
}

void TryArn(const std::string& text) {
  const auto arn = api::ParseResourceArn(text);
  if (!arn) return;
  const state::Scope scope{.account = arn->account, .region = arn->region};
  const bool is_group = arn->type == api::ResourceType::kGroup;
  Expect((is_group ? api::GroupArn(scope, arn->name) : api::CanaryArn(scope, arn->name)) == text,
         "an ARN that was read is written as it was", text);
}

void TryTarget(std::string_view text) {
  const auto target = api::ParseTarget(text);
  if (!target) return;
  std::string again;
  for (const std::string& segment : target->segments) again += "/" + Encoded(segment);
  // A slash at the end is no segment, unless it stands for an empty one.
  if (again.empty() || target->segments.back().empty()) again += "/";
  char separator = '?';
  for (const auto& [name, value] : target->query) {
    again += separator + Encoded(name) + "=" + Encoded(value);
    separator = '&';
  }
  const auto parsed = api::ParseTarget(again);
  Expect(parsed && parsed->query == target->query, "a query has one reading", text);
  Expect(parsed->segments == target->segments, "a path has one reading", text);
  for (const api::Operation& operation : api::Operations()) {
    const auto labels = api::MatchPath(operation.path, target->segments);
    if (!labels) continue;
    for (const auto& [name, value] : *labels) TryArn(value);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = tests::TextOf(data, size);
  Expect(api::DecodePercent(Encoded(text)) == std::string(text), "what is encoded can be decoded",
         text);
  TryArn(std::string(text));
  TryTarget(text);
  return 0;
}
