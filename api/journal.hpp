// The last requests and their answers, for `/_emulator/requests`. In memory, since it tells of this
// process: a restart begins a new one.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "api/http.hpp"
#include "state/instant.hpp"

namespace synthetics::api {

struct JournalEntry {
  std::int64_t id = 0;  // from 1, in the order of the answers
  state::Instant at;    // by the emulator's clock
  Trace trace;
  int status = 0;  // 0: nothing was answered, by a fault's order
  std::int64_t duration_us = 0;
  std::string request;  // the body as it came, or what can be told of it
  bool is_told = false;
  std::string response;  // of more than 64 KiB the beginning
  std::string user_agent;
};

// The request's body without code zips and the values of environment variables; of more than 64 KiB
// the beginning.
std::string Tell(const JournalEntry& entry);

class Journal {
 public:
  // Keeps that many entries; 0: none.
  explicit Journal(std::int64_t size) : size_(size) {}

  // Gives the entry's id, 0 where none is kept.
  std::int64_t Add(state::Instant at, const Request& request, const Response& response);

  // How long the answer took, which only the server knows; nothing happens where the entry has
  // gone.
  void SetDuration(std::int64_t id, std::int64_t microseconds);

  // The oldest first.
  const std::deque<JournalEntry>& entries() const { return entries_; }

  // Ids go on, so that one that was read still tells old from new.
  void Clear() { entries_.clear(); }

  // Like `Clear`, and ids begin again.
  void Reset();

 private:
  std::int64_t size_;
  std::int64_t last_id_ = 0;
  std::deque<JournalEntry> entries_;
};

}  // namespace synthetics::api
