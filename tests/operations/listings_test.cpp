#include <set>

#include "api/page_token.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/emulation.hpp"

using namespace synthetics::tests;

namespace {

std::string Page(int size, const std::string& token, const std::string& members = {}) {
  std::string body = "{\"MaxResults\":" + std::to_string(size) + members;
  if (!token.empty()) body += ",\"NextToken\":\"" + token + "\"";
  return body + "}";
}

// The values at `pointer` of all rows of a listing, read in pages of `size`.
std::vector<std::string> ReadAll(Emulation& emulation, const std::string& path,
                                 const std::string& list, const std::string& pointer, int size) {
  std::vector<std::string> values;
  std::string token;
  do {
    const Answer page = emulation.Post(path, Page(size, token));
    REQUIRE(page.status == 200);
    REQUIRE(page.Size(list) <= static_cast<std::size_t>(size));
    for (std::size_t row = 0; row < page.Size(list); ++row) {
      values.push_back(page.Text(list + "/" + std::to_string(row) + pointer));
    }
    token = page.Has("/NextToken") ? page.Text("/NextToken") : "";
    if (!token.empty()) REQUIRE((token.size() >= 4 && token.size() <= 252));
  } while (!token.empty());
  return values;
}

void CreateMany(Emulation& emulation, int count) {
  for (int index = 0; index < count; ++index) emulation.Create("c" + std::to_string(index));
}

}  // namespace

TEST_CASE("DescribeCanaries: all canaries, ascending by id, whatever the size of a page") {
  Emulation emulation;
  CreateMany(emulation, 7);
  const int size = GENERATE(1, 2, 3, 7, 20);
  const auto ids = ReadAll(emulation, "/canaries", "/Canaries", "/Id", size);
  REQUIRE(ids.size() == 7);
  REQUIRE(std::ranges::is_sorted(ids));
  REQUIRE(std::set(ids.begin(), ids.end()).size() == 7);
}

TEST_CASE("DescribeCanaries: a page that ends with the last row has no token") {
  Emulation emulation;
  CreateMany(emulation, 2);
  REQUIRE_FALSE(emulation.Post("/canaries", Page(2, "")).Has("/NextToken"));
  REQUIRE_FALSE(emulation.Post("/canaries").Has("/NextToken"));
}

TEST_CASE("DescribeCanaries: a page that is asked for again has who came and who went") {
  Emulation emulation({.profile = synthetics::state::Profile::kInstant});
  const auto names = [&] {
    const auto read = ReadAll(emulation, "/canaries", "/Canaries", "/Name", 20);
    return std::set(read.begin(), read.end());
  };
  REQUIRE(names().empty());
  emulation.Create("first");
  REQUIRE(names() == std::set<std::string>{"first"});
  emulation.Create("second");
  REQUIRE(names() == std::set<std::string>{"first", "second"});
  REQUIRE(emulation.Delete("/canary/first").status == 200);
  REQUIRE(names() == std::set<std::string>{"second"});
  REQUIRE(emulation.Post("/_emulator/reset").status == 204);
  REQUIRE(names().empty());
}

TEST_CASE("DescribeCanaries: a page is at most 20, and that without being asked") {
  Emulation emulation;
  CreateMany(emulation, 21);
  REQUIRE(emulation.Post("/canaries").Size("/Canaries") == 20);
  REQUIRE(emulation.Post("/canaries", Page(21, "")).status == 400);
  REQUIRE(emulation.Post("/canaries", Page(0, "")).status == 400);
}

TEST_CASE("DescribeCanaries: names pick canaries, and those that there are not are left out") {
  Emulation emulation;
  CreateMany(emulation, 3);
  const Answer answer = emulation.Post("/canaries", R"({"Names":["c2","nope","c0","c2"]})");
  REQUIRE(answer.Size("/Canaries") == 2);
  REQUIRE(answer.Text("/Canaries/0/Id") < answer.Text("/Canaries/1/Id"));
  REQUIRE(emulation.Post("/canaries", R"({"Names":["nope"]})").Size("/Canaries") == 0);
  REQUIRE(emulation.Post("/canaries", R"({"Names":[]})").status == 400);
  REQUIRE(emulation.Post("/canaries", R"({"Names":["a","b","c","d","e","f"]})").status == 400);
  const Answer page = emulation.Post("/canaries", Page(1, "", R"(,"Names":["c0","c1"])"));
  REQUIRE(page.Size("/Canaries") == 1);
  const Answer last =
      emulation.Post("/canaries", Page(1, page.Text("/NextToken"), R"(,"Names":["c0","c1"])"));
  REQUIRE(last.Size("/Canaries") == 1);
  REQUIRE_FALSE(last.Has("/NextToken"));
}

TEST_CASE("GetCanaryRuns: the newest run first, over pages, none twice and none left out") {
  Emulation emulation;
  emulation.Create("shop");
  emulation.Start("shop");
  emulation.Advance(R"({"seconds":3600})");
  const auto starts =
      ReadAll(emulation, "/canary/shop/runs", "/CanaryRuns", "/Timeline/Started", 7);
  REQUIRE(starts.size() == 61);
  REQUIRE(std::ranges::is_sorted(starts, std::greater<>{}));
  REQUIRE(std::set(starts.begin(), starts.end()).size() == 61);
}

TEST_CASE("GetCanaryRuns: a token stays good while new runs come") {
  Emulation emulation;
  emulation.Create("shop");
  emulation.Start("shop");
  emulation.Advance(R"({"seconds":600})");
  const Answer first = emulation.Post("/canary/shop/runs", Page(3, ""));
  emulation.Advance(R"({"seconds":600})");
  const Answer second = emulation.Post("/canary/shop/runs", Page(3, first.Text("/NextToken")));
  REQUIRE(second.Number("/CanaryRuns/0/Timeline/Started") ==
          Approx(first.Number("/CanaryRuns/2/Timeline/Started") - 60).margin(1e-6));
}

TEST_CASE("DescribeCanariesLastRun: in pages, by id") {
  Emulation emulation;
  CreateMany(emulation, 5);
  for (int index = 0; index < 5; ++index) emulation.Start("c" + std::to_string(index));
  const auto names = ReadAll(emulation, "/canaries/last-run", "/CanariesLastRun", "/CanaryName", 2);
  REQUIRE(std::set(names.begin(), names.end()).size() == 5);
}

TEST_CASE("DescribeRuntimeVersions: all versions in pages, deprecated ones with their day") {
  Emulation emulation;
  const auto names =
      ReadAll(emulation, "/runtime-versions", "/RuntimeVersions", "/VersionName", 10);
  REQUIRE(names.size() == 77);
  REQUIRE(names.front() == "syn-python-selenium-12.0");
  const Answer answer = emulation.Post("/runtime-versions");
  for (std::size_t row = 0; row < 77; ++row) {
    const std::string version = "/RuntimeVersions/" + std::to_string(row);
    if (answer.Text(version + "/VersionName") == "syn-nodejs-puppeteer-9.1") {
      REQUIRE(answer.Number(version + "/ReleaseDate") == 1727827200);
      REQUIRE_FALSE(answer.Has(version + "/DeprecationDate"));
    }
    if (answer.Text(version + "/VersionName") == "syn-nodejs-puppeteer-7.0") {
      REQUIRE(answer.Number(version + "/DeprecationDate") == 1769068800);
    }
  }
}

TEST_CASE("Listings: a token of another listing, world or filter, or none at all, is refused") {
  Emulation emulation;
  CreateMany(emulation, 3);
  const std::string token = emulation.Post("/canaries", Page(1, "")).Text("/NextToken");
  REQUIRE(emulation.Post("/canaries", Page(1, token)).status == 200);
  const std::string eu =
      "AWS4-HMAC-SHA256 Credential=AKIA/20260101/eu-west-1/synthetics/aws4_request";
  for (const Answer& answer :
       {emulation.Post("/canaries/last-run", Page(1, token)),
        emulation.Post("/canary/c0/runs", Page(1, token)),
        emulation.Post("/runtime-versions", Page(1, token)),
        emulation.Post("/canaries", Page(1, token, R"(,"Names":["c0"])")),
        emulation.Send(synthetics::api::Method::kPost, "/canaries", Page(1, token), eu),
        emulation.Post("/canaries", Page(1, "made-up"))}) {
    REQUIRE(answer.status == 400);
    REQUIRE(answer.error_type == "ValidationException");
    REQUIRE(answer.Message().starts_with("Invalid NextToken: '"));
  }
}

TEST_CASE("Listings: a token that is well made but leads nowhere is refused") {
  Emulation emulation;
  emulation.Create("shop");
  const std::string world = "\n123456789012\nus-east-1";
  const std::string id = emulation.Get("/canary/shop").Text("/Canary/Id");
  for (const auto* const key : {"x", ":", "1", "1:", "1:x", "99999999999999999999:1"}) {
    const std::string runs =
        synthetics::api::SealPageToken("GetCanaryRuns" + world + "\n" + id, key);
    REQUIRE(emulation.Post("/canary/shop/runs", Page(1, runs)).status == 400);
    const std::string versions =
        synthetics::api::SealPageToken("DescribeRuntimeVersions" + world, key);
    REQUIRE(emulation.Post("/runtime-versions", Page(1, versions)).status == 400);
  }
}
