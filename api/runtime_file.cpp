#include "api/runtime_file.hpp"

#include <set>

#include "api/codec.hpp"
#include "api/shapes/runtime.hpp"

namespace synthetics::api {
namespace {

// A page token has to have room for it.
constexpr std::size_t kLongestName = 128;

}  // namespace

Result<std::vector<state::RuntimeVersion>> ParseRuntimeFile(std::string_view json) {
  DescribeRuntimeVersionsResponse file;
  if (auto refusal = DecodeRequest(FieldsOf<DescribeRuntimeVersionsResponse>(), &file, {}, json,
                                   UnknownMembers::kIgnored)) {
    return *std::move(refusal);
  }
  std::set<std::string> names;
  std::vector<state::RuntimeVersion> versions;
  for (RuntimeVersion& row : file.runtime_versions) {
    if (row.version_name.size() > kLongestName) {
      return ApiError{ErrorKind::kInvalid, "a name is longer than " + std::to_string(kLongestName) +
                                               " characters: " + row.version_name};
    }
    if (!names.insert(row.version_name).second) {
      return ApiError{ErrorKind::kInvalid, "two runtime versions are named " + row.version_name};
    }
    versions.push_back({.name = std::move(row.version_name),
                        .released = row.release_date,
                        .deprecated = row.deprecation_date,
                        .description = row.description.value_or("")});
  }
  if (versions.empty()) return ApiError{ErrorKind::kInvalid, "there is no runtime version in it"};
  return versions;
}

}  // namespace synthetics::api
