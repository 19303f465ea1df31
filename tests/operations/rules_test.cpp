#include "tests/support/catch.hpp"
#include "tests/support/emulation.hpp"

using namespace synthetics::tests;

namespace {

// CreateCanary with these members, on the runtime version `syn-…`.
Answer CreateOn(const std::string& runtime, const std::map<std::string, std::string>& members) {
  Emulation emulation;
  CanaryBody body("shop");
  body.With("RuntimeVersion", "\"syn-" + runtime + "\"");
  for (const auto& [name, json] : members) body.With(name, json);
  return emulation.Post("/canary", body.Json());
}

void RequireInvalid(const Answer& answer, const std::string& words) {
  CAPTURE(answer.raw);
  REQUIRE(answer.status == 400);
  REQUIRE(answer.error_type == "ValidationException");
  REQUIRE(answer.Message().find(words) != std::string::npos);
}

std::string Variables(const std::string& name, std::size_t size) {
  return R"({"EnvironmentVariables":{")" + name + R"(":")" + std::string(size, 'x') + "\"}}";
}

}  // namespace

TEST_CASE("Rules: what hangs on the runtime version is refused on one that lacks it") {
  const auto [runtime_with, runtime_without, member, json] =
      GENERATE(table<std::string, std::string, std::string, std::string>({
          {"nodejs-puppeteer-10.0", "nodejs-puppeteer-9.1", "Schedule",
           R"json({"Expression":"rate(1 minute)","RetryConfig":{"MaxRetries":1}})json"},
          {"nodejs-puppeteer-11.0", "nodejs-puppeteer-10.0", "BrowserConfigs",
           R"([{"BrowserType":"FIREFOX"}])"},
          {"nodejs-puppeteer-9.1", "python-selenium-6.0", "RunConfig", R"({"ActiveTracing":true})"},
          {"nodejs-puppeteer-9.1", "python-selenium-6.0", "ArtifactConfig",
           R"({"S3Encryption":{"EncryptionMode":"SSE_S3"}})"},
          {"nodejs-3.0", "nodejs-puppeteer-11.0", "Code",
           R"({"BlueprintTypes":["multi-checks"],"S3Bucket":"b","S3Key":"k"})"},
      }));
  CAPTURE(member);
  REQUIRE(CreateOn(runtime_with, {{member, json}}).status == 200);
  RequireInvalid(CreateOn(runtime_without, {{member, json}}),
                 "is not available on runtime version 'syn-" + runtime_without + "'");
}

TEST_CASE("Rules: a setting that asks for nothing needs no runtime version that has it") {
  REQUIRE(CreateOn("python-selenium-6.0",
                   {{"Schedule",
                     R"json({"Expression":"rate(1 minute)","RetryConfig":{"MaxRetries":0}})json"},
                    {"RunConfig", R"({"ActiveTracing":false})"},
                    {"BrowserConfigs", R"([{"BrowserType":"CHROME"}])"},
                    {"ArtifactConfig", R"({"S3Encryption":{}})"}})
              .status == 200);
}

TEST_CASE("Rules: what is wrong with a request by itself") {
  const auto [member, json, words] = GENERATE(table<std::string, std::string, std::string>({
      {"SuccessRetentionPeriodInDays", "456", "456"},
      {"FailureRetentionPeriodInDays", "456", "456"},
      {"ArtifactS3Location", "\"s3://my.bucket/x\"", "s3://my.bucket/x"},
      {"ArtifactS3Location", "\"s3://\"", "s3://"},
      {"RunConfig", Variables("AWS_REGION", 1), "AWS_REGION"},
      {"RunConfig", Variables("NAME", 4093), "4097"},
      {"Code", R"({"Handler":"i.handler","S3Bucket":"s3://b","S3Key":"k"})", "s3://b"},
      {"Code", R"({"Handler":"i.handler","BlueprintTypes":["multi-checks"],"ZipFile":"UEs="})",
       "BlueprintTypes"},
      {"Code", R"({"Handler":"i.handler","S3Version":"1","ZipFile":"UEs="})", "S3Version"},
      {"Code", R"({"BlueprintTypes":["heartbeat"],"ZipFile":"UEs="})", "heartbeat"},
      {"Code", R"({"BlueprintTypes":[],"ZipFile":"UEs="})", "Handler"},
  }));
  CAPTURE(member, json);
  RequireInvalid(CreateOn("nodejs-3.0", {{member, json}}), words);
}

TEST_CASE("Rules: the limits themselves are good") {
  const auto [member, json] = GENERATE(table<std::string, std::string>({
      {"SuccessRetentionPeriodInDays", "455"},
      {"FailureRetentionPeriodInDays", "455"},
      {"ArtifactS3Location", "\"s3://bucket/my.folder\""},
      {"RunConfig", Variables("NAME", 4092)},
      {"RunConfig", R"({"MemoryInMB":1000})"},
      {"RunConfig", R"({"MemoryInMB":1500})"},
  }));
  CAPTURE(member, json);
  REQUIRE(CreateOn("nodejs-puppeteer-9.1", {{member, json}}).status == 200);
}

TEST_CASE("Rules: two retries need a timeout below ten minutes, also where it is the default") {
  const auto schedule = [](const std::string& retries) {
    return R"json({"Expression":"rate(10 minutes)","RetryConfig":{"MaxRetries":)json" + retries +
           "}}";
  };
  const std::string runtime = "nodejs-puppeteer-10.0";
  RequireInvalid(CreateOn(runtime, {{"Schedule", schedule("2")}}), "600");
  REQUIRE(CreateOn(runtime, {{"Schedule", schedule("1")}}).status == 200);
  const auto with_timeout = [&](const std::string& seconds) {
    return CreateOn(runtime, {{"Schedule", schedule("2")},
                              {"RunConfig", "{\"TimeoutInSeconds\":" + seconds + "}"}});
  };
  REQUIRE(with_timeout("599").status == 200);
  RequireInvalid(with_timeout("600"), "600");
}

TEST_CASE("Rules: a request can be wrong in several ways, and each is told") {
  Emulation emulation;
  const Answer answer = emulation.Post(
      "/canary",
      CanaryBody("Shop").With("RunConfig", R"({"TimeoutInSeconds":900,"MemoryInMB":64})").Json());
  REQUIRE(answer.Message() ==
          "3 validation errors detected: Value 'Shop' at 'name' failed to satisfy constraint: "
          "Member must satisfy regular expression pattern: ^[0-9a-z_\\-]+$; Value '900' at "
          "'runConfig.timeoutInSeconds' failed to satisfy constraint: Member must have value less "
          "than or equal to 840; Value '64' at 'runConfig.memoryInMB' failed to satisfy "
          "constraint: Member must have value greater than or equal to 960");
}

TEST_CASE("Rules: a baseline is the next run, the last one, or one of the last 31 days") {
  Emulation emulation;
  emulation.Create("shop");
  emulation.Create("cart");
  emulation.Start("shop");
  emulation.Advance(R"({"until":"nextRun"})");
  const std::string run = emulation.Post("/canary/shop/runs").Text("/CanaryRuns/0/Id");
  emulation.Post("/canary/shop/stop");
  emulation.Settle();
  const auto update = [&](const std::string& canary, const std::string& id) {
    const Answer answer = emulation.Patch(
        "/canary/" + canary, R"({"VisualReference":{"BaseCanaryRunId":")" + id + "\"}}");
    emulation.Settle();
    return answer;
  };
  for (const std::string& id : {std::string("nextrun"), std::string("lastrun"), run}) {
    REQUIRE(update("shop", id).status == 200);
    REQUIRE(emulation.Get("/canary/shop").Text("/Canary/VisualReference/BaseCanaryRunId") == id);
  }
  RequireInvalid(update("cart", run), run);
  RequireInvalid(update("shop", "3f0c0e0a-1111-4222-8333-abcdefabcdef"),
                 "is no run of canary shop");
  emulation.Advance(R"({"seconds":2764800})");
  RequireInvalid(update("shop", run), "31 days");
}

TEST_CASE("Rules: a baseline that a new runtime version has no use for is dropped") {
  Emulation emulation;
  emulation.Create("shop");
  emulation.Patch("/canary/shop", R"({"VisualReference":{"BaseCanaryRunId":"nextrun"}})");
  emulation.Settle();
  const Answer moved = emulation.Patch(
      "/canary/shop", R"json({"RuntimeVersion":"syn-nodejs-puppeteer-11.0",)json"
                      R"json("Code":{"Handler":"i.handler","S3Bucket":"b","S3Key":"k"}})json");
  REQUIRE(moved.status == 200);
  emulation.Settle();
  REQUIRE_FALSE(emulation.Get("/canary/shop").Has("/Canary/VisualReference"));
}

TEST_CASE("Validation: lenient takes an unknown or deprecated runtime version, and says so") {
  const std::string runtime =
      GENERATE("syn-nodejs-puppeteer-99.0", "syn-python-selenium-99.0", "syn-ruby-1.0");
  Emulation emulation({.is_lenient = true});
  const auto create = [&](const std::string& name, const std::string& version) {
    return emulation.Post("/canary", CanaryBody(name)
                                         .With("RuntimeVersion", "\"" + version + "\"")
                                         .With("BrowserConfigs", R"([{"BrowserType":"FIREFOX"}])")
                                         .Json());
  };
  const Answer answer = create("shop", runtime);
  REQUIRE(answer.status == 200);
  REQUIRE(answer.trace.warning.find("'" + runtime + "' is not known") != std::string::npos);
  RequireInvalid(create("cart", "ruby-1.0"), "ruby-1.0");
  emulation.Settle();
  REQUIRE(emulation.Post("/canary/shop/dry-run/start").status == 200);

  const Answer deprecated = emulation.Post(
      "/canary", CanaryBody("old").With("RuntimeVersion", "\"syn-nodejs-puppeteer-6.1\"").Json());
  REQUIRE(deprecated.status == 200);
  REQUIRE(deprecated.trace.warning.find("is deprecated") != std::string::npos);
}
