// A request's target, taken apart: the raw path is split at `/` first and decoded then, so that an
// ARN or a group's name may contain an encoded slash.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace synthetics::api {

struct Target {
  std::vector<std::string> segments;
  std::vector<std::pair<std::string, std::string>> query;  // in their order, repeated keys too
};

// Nothing for a target that is no absolute path or not decodable.
std::optional<Target> ParseTarget(std::string_view target);

// The first value of that key, decoded; empty where there is none.
std::string_view QueryValue(const Target& target, std::string_view key);

// The values of a path template's labels where the segments are of it: `/canary/{name}/start`.
std::optional<std::vector<std::pair<std::string, std::string>>> MatchPath(
    std::string_view path_template, const std::vector<std::string>& segments);

}  // namespace synthetics::api
