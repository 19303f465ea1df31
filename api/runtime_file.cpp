#include "api/runtime_file.hpp"

#include <cmath>
#include <set>

#include "api/codec.hpp"
#include "api/shapes/constraints.hpp"

namespace synthetics::api {
namespace {

// A day as AWS's tools print it: ISO 8601, or seconds since 1970.
struct Day {
  state::Instant instant;
};

void DecodeValue(Day& target, const Json& value, const Constraint& constraint, const Path& path,
                 UnknownMembers unknown, Violations& violations) {
  constexpr double kLastSecond = 2e11;
  if (value.IsNumber() && value.GetDouble() >= 0 && value.GetDouble() < kLastSecond) {
    target.instant = state::FromMilliseconds(std::llround(value.GetDouble() * 1000));
    return;
  }
  IsoInstant iso;
  api::DecodeValue(iso, value, constraint, path, unknown, violations);
  target.instant = iso.instant;
}

void EncodeValue(const Day& value, JsonWriter& writer) { writer.EpochSeconds(value.instant); }

struct RuntimeRow {
  std::string version_name;
  std::optional<std::string> description;
  Day release_date;
  std::optional<Day> deprecation_date;
};

struct RuntimeFile {
  std::vector<RuntimeRow> runtime_versions;
};

}  // namespace

template <>
struct ShapeOf<RuntimeRow> {
  static constexpr std::array kFields{
      Required<&RuntimeRow::version_name>("VersionName", kText),
      Optional<&RuntimeRow::description>("Description", kText),
      Required<&RuntimeRow::release_date>("ReleaseDate"),
      Optional<&RuntimeRow::deprecation_date>("DeprecationDate"),
  };
};
template <>
struct ShapeOf<RuntimeFile> {
  static constexpr std::array kFields{
      Required<&RuntimeFile::runtime_versions>("RuntimeVersions"),
  };
};

Result<std::vector<state::RuntimeVersion>> ParseRuntimeFile(std::string_view json) {
  RuntimeFile file;
  if (auto refusal =
          DecodeRequest(FieldsOf<RuntimeFile>(), &file, {}, json, UnknownMembers::kIgnored)) {
    return *std::move(refusal);
  }
  std::set<std::string> names;
  std::vector<state::RuntimeVersion> versions;
  for (RuntimeRow& row : file.runtime_versions) {
    if (!names.insert(row.version_name).second) {
      return ApiError{ErrorKind::kInvalid, "two runtime versions are named " + row.version_name};
    }
    state::RuntimeVersion version;
    version.name = std::move(row.version_name);
    version.description = row.description.value_or("");
    version.released = row.release_date.instant;
    if (row.deprecation_date) version.deprecated = row.deprecation_date->instant;
    versions.push_back(std::move(version));
  }
  if (versions.empty()) return ApiError{ErrorKind::kInvalid, "there is no runtime version in it"};
  return versions;
}

}  // namespace synthetics::api
