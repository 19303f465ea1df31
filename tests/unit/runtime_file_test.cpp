#include "api/runtime_file.hpp"

#include "tests/support/catch.hpp"

using namespace synthetics;

TEST_CASE("Runtime file: what describe-runtime-versions prints, with either form of dates") {
  const auto versions = api::ParseRuntimeFile(
      R"({"RuntimeVersions":[{"VersionName":"syn-a-1.0","ReleaseDate":"2024-10-02T00:00:00+00:00",)"
      R"("Description":"one","DeprecationDate":1727827200.5},)"
      R"({"VersionName":"syn-b-1.0","ReleaseDate":0,"New":1}]})");
  REQUIRE(versions.has_value());
  REQUIRE(versions->size() == 2);
  REQUIRE(state::ToIso(versions->front().released) == "2024-10-02T00:00:00Z");
  REQUIRE(state::ToIso(versions->front().deprecated.value()) == "2024-10-02T00:00:00.500Z");
  REQUIRE_FALSE(versions->back().deprecated);
}

TEST_CASE("Runtime file: a name has to fit into a page token") {
  const auto parse = [](std::size_t length) {
    return api::ParseRuntimeFile(R"({"RuntimeVersions":[{"ReleaseDate":1,"VersionName":")" +
                                 std::string(length, 'x') + "\"}]}");
  };
  REQUIRE(parse(128).has_value());
  REQUIRE_FALSE(parse(129).has_value());
}

TEST_CASE("Runtime file: what is none is refused") {
  const auto* const json = GENERATE(
      "", "[]", "{}", R"({"RuntimeVersions":[]})", R"({"RuntimeVersions":[{"VersionName":"x"}]})",
      R"({"RuntimeVersions":[{"VersionName":"x","ReleaseDate":"soon"}]})",
      R"({"RuntimeVersions":[{"VersionName":"x","ReleaseDate":-1}]})",
      R"({"RuntimeVersions":[{"VersionName":"x","ReleaseDate":1},{"VersionName":"x","ReleaseDate":1}]})");
  CAPTURE(json);
  REQUIRE_FALSE(api::ParseRuntimeFile(json).has_value());
}
