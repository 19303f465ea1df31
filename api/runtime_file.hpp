// A list of runtime versions as `describe-runtime-versions` prints it.
#pragma once

#include <string_view>
#include <vector>

#include "api/error.hpp"
#include "state/runtime_version.hpp"

namespace synthetics::api {

// Reads
// `{"RuntimeVersions":[{"VersionName":…,"ReleaseDate":…,"DeprecationDate":…,"Description":…}]}`
// with dates as ISO 8601 or as seconds since 1970, both of which AWS's tools print. Invalid for
// anything else, for two versions of one name, names of more than 128 characters, and for a list
// without any.
Result<std::vector<state::RuntimeVersion>> ParseRuntimeFile(std::string_view json);

}  // namespace synthetics::api
