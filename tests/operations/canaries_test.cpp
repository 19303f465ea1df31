#include "tests/support/catch.hpp"
#include "tests/support/emulation.hpp"

using namespace synthetics::tests;

namespace {

// The refusal of a CreateCanary whose member has this JSON; also checks that nothing was created.
Answer Refused(const std::string& member, const std::string& json) {
  Emulation emulation;
  const Answer answer = emulation.Post("/canary", CanaryBody("shop").With(member, json).Json());
  REQUIRE(answer.status == 400);
  REQUIRE(answer.error_type == "ValidationException");
  REQUIRE(emulation.Post("/canaries").Size("/Canaries") == 0);
  return answer;
}

Answer Created(const CanaryBody& body) {
  Emulation emulation;
  const Answer answer = emulation.Post("/canary", body.Json());
  REQUIRE(answer.status == 200);
  return answer;
}

}  // namespace

TEST_CASE("CreateCanary: answers with the canary in CREATING, with the service's defaults") {
  const Answer answer = Created(CanaryBody("shop"));
  REQUIRE(answer.Text("/Canary/Name") == "shop");
  REQUIRE(answer.Text("/Canary/Status/State") == "CREATING");
  REQUIRE(answer.Text("/Canary/Status/StateReasonCode") == "CREATE_PENDING");
  REQUIRE_FALSE(answer.Has("/Canary/Status/StateReason"));
  REQUIRE(answer.Number("/Canary/Timeline/Created") == 1767225600.0);
  REQUIRE(answer.Number("/Canary/Timeline/LastModified") == 1767225600.0);
  REQUIRE(
      answer.Text("/Canary/Schedule") ==
      R"json({"Expression":"rate(1 minute)","DurationInSeconds":0,"RetryConfig":{"MaxRetries":0}})json");
  REQUIRE(
      answer.Text("/Canary/RunConfig") ==
      R"({"TimeoutInSeconds":60,"MemoryInMB":1500,"ActiveTracing":false,"EphemeralStorage":1024})");
  REQUIRE(answer.Number("/Canary/SuccessRetentionPeriodInDays") == 31);
  REQUIRE(answer.Number("/Canary/FailureRetentionPeriodInDays") == 31);
  REQUIRE(answer.Text("/Canary/ProvisionedResourceCleanup") == "AUTOMATIC");
  REQUIRE(answer.Text("/Canary/ArtifactS3Location") == "bucket");
  REQUIRE(answer.Text("/Canary/Code") == R"({"Handler":"index.handler"})");
  REQUIRE(answer.Text("/Canary/Tags") == "{}");
  for (const auto* const absent :
       {"/Canary/Timeline/LastStarted", "/Canary/Timeline/LastStopped", "/Canary/EngineArn",
        "/Canary/EngineConfigs", "/Canary/VpcConfig", "/Canary/ArtifactConfig",
        "/Canary/VisualReference", "/Canary/DryRunConfig", "/Canary/BrowserConfigs"}) {
    REQUIRE_FALSE(answer.Has(absent));
  }
}

TEST_CASE("CreateCanary: the default timeout is the time between runs, at most 840 seconds") {
  const auto [expression, timeout] = GENERATE(table<std::string, double>({
      {"rate(1 minute)", 60},
      {"rate(2 minutes)", 120},
      {"rate(10 minutes)", 600},
      {"rate(1 hour)", 840},
      {"rate(0 minute)", 840},
  }));
  REQUIRE(
      Created(CanaryBody("shop").Every(expression)).Number("/Canary/RunConfig/TimeoutInSeconds") ==
      timeout);
}

TEST_CASE("CreateCanary: each required member is asked for by its name") {
  const auto [member, path] = GENERATE(table<std::string, std::string>({
      {"Name", "name"},
      {"Code", "code"},
      {"ArtifactS3Location", "artifactS3Location"},
      {"ExecutionRoleArn", "executionRoleArn"},
      {"Schedule", "schedule"},
      {"RuntimeVersion", "runtimeVersion"},
  }));
  REQUIRE(Refused(member, "").Message() ==
          "1 validation error detected: Value null at '" + path +
              "' failed to satisfy constraint: Member must not be null");
}

TEST_CASE("CreateCanary: a member of a wrong type is refused with its value and place") {
  const auto [member, json, shown] = GENERATE(table<std::string, std::string, std::string>({
      {"Name", "5", "Value '5' at 'name'"},
      {"Schedule", "\"daily\"", "Value 'daily' at 'schedule'"},
      {"RunConfig", R"({"TimeoutInSeconds":"60"})", "Value '60' at 'runConfig.timeoutInSeconds'"},
      {"Tags", R"({"a":1})", "Value '1' at 'tags.a'"},
      {"Name", "\"UPPER\"", "Value 'UPPER' at 'name'"},
  }));
  REQUIRE(Refused(member, json).Message().find(shown) != std::string::npos);
}

TEST_CASE("CreateCanary: the refusals that the live service is known to word") {
  REQUIRE(Refused("RuntimeVersion", "\"syn-nodejs-puppeteer-6.1\"").Message() ==
          "Deprecated runtime version specified.");
  const auto* const timeout = GENERATE("2", "841");
  REQUIRE(Refused("RunConfig", "{\"TimeoutInSeconds\":" + std::string(timeout) + "}").Message() ==
          "Run timeout cannot be less than 3 seconds or greater than 840 seconds");
  REQUIRE(Refused("RunConfig", R"({"TimeoutInSeconds":61})").Message() ==
          "Run timeout cannot be greater than 60 seconds for the chosen frequency");
}

TEST_CASE("CreateCanary: a timeout beyond the shortest time between two runs by cron is refused") {
  Emulation emulation;
  const auto create = [&](const std::string& timeout) {
    return emulation.Post("/canary",
                          CanaryBody("shop")
                              .Every("cron(0/5 8-17 ? * MON-FRI *)")
                              .With("RunConfig", "{\"TimeoutInSeconds\":" + timeout + "}")
                              .Json());
  };
  REQUIRE(create("301").Message() ==
          "Run timeout cannot be greater than 300 seconds for the chosen frequency");
  REQUIRE(create("300").status == 200);
}

TEST_CASE("CreateCanary: rules between members") {
  const auto [member, json] = GENERATE(table<std::string, std::string>({
      {"RuntimeVersion", "\"syn-nodejs-puppeteer-99.0\""},
      {"Schedule", R"json({"Expression":"cron(0 10 * * * *)"})json"},
      {"Schedule", R"json({"Expression":"rate(2 hours)"})json"},
      {"RunConfig", R"({"MemoryInMB":961})"},
      {"Code", R"({"ZipFile":"UEsFBgAAAAA="})"},
      {"Code", R"({"Handler":"index.handler"})"},
      {"Code", R"({"Handler":"index.handler","S3Bucket":"b"})"},
      {"Code", R"({"Handler":"index.handler","S3Bucket":"b","S3Key":"k","ZipFile":"UEsFBg=="})"},
      {"ResourcesToReplicateTags", R"(["lambda-function"])"},
  }));
  CAPTURE(member, json);
  REQUIRE_FALSE(Refused(member, json).Message().empty());
}

TEST_CASE("CreateCanary: a zip beyond 10,000,000 bytes is too large, and that is a 413") {
  Emulation emulation;
  const auto create = [&](std::size_t groups) {
    const std::string zip(4 * groups, 'A');  // 3 bytes a group
    return emulation.Post("/canary",
                          CanaryBody("shop")
                              .With("Code", R"({"Handler":"i.handler","ZipFile":")" + zip + "\"}")
                              .Json());
  };
  const Answer large = create(3'333'334);
  REQUIRE(large.status == 413);
  REQUIRE(large.error_type == "RequestEntityTooLargeException");
  REQUIRE(create(3'333'333).status == 200);
}

TEST_CASE(
    "CreateCanary: a name that is taken is a 400, in the words that CloudFormation looks for") {
  Emulation emulation;
  emulation.Create("shop");
  const Answer answer = emulation.Post("/canary", CanaryBody("shop").Json());
  REQUIRE(answer.status == 400);
  REQUIRE(answer.error_type == "ValidationException");
  REQUIRE(answer.Message().find("Canary name already exists") != std::string::npos);
}

TEST_CASE("CreateCanary: what was stored in S3 needs no zip") {
  const Answer answer = Created(
      CanaryBody("shop").With("Code", R"({"Handler":"index.handler","S3Bucket":"b","S3Key":"k"})"));
  REQUIRE_FALSE(answer.Has("/Canary/Code/S3Bucket"));
}

TEST_CASE("CreateCanary: the artifact location loses its scheme and nothing else") {
  const auto [given, shown] = GENERATE(table<std::string, std::string>({
      {"s3://b", "b"},
      {"s3://b/", "b/"},
      {"s3://b/test/", "b/test/"},
      {"b/test", "b/test"},
  }));
  REQUIRE(Created(CanaryBody("shop").With("ArtifactS3Location", "\"" + given + "\""))
              .Text("/Canary/ArtifactS3Location") == shown);
}

TEST_CASE("CreateCanary: empty VPC and artifact configurations are none") {
  const Answer answer = Created(CanaryBody("shop")
                                    .With("VpcConfig", R"({"SubnetIds":[],"SecurityGroupIds":[]})")
                                    .With("ArtifactConfig", R"({"S3Encryption":{}})"));
  REQUIRE_FALSE(answer.Has("/Canary/VpcConfig"));
  REQUIRE_FALSE(answer.Has("/Canary/ArtifactConfig"));
}

TEST_CASE("CreateCanary: a VPC configuration comes back with the VPC's id") {
  const Answer answer = Created(CanaryBody("shop").With(
      "VpcConfig", R"({"SubnetIds":["subnet-1"],"SecurityGroupIds":["sg-1"]})"));
  REQUIRE(answer.Text("/Canary/VpcConfig/SubnetIds") == R"(["subnet-1"])");
  REQUIRE(answer.Text("/Canary/VpcConfig/VpcId").starts_with("vpc-"));
  REQUIRE(answer.Text("/Canary/VpcConfig/Ipv6AllowedForDualStack") == "false");
}

TEST_CASE("UpdateCanary: the same subnets stay in the same VPC") {
  Emulation emulation;
  const std::string vpc = R"({"SubnetIds":["subnet-1"],"SecurityGroupIds":["sg-1"]})";
  emulation.Create(CanaryBody("shop").With("VpcConfig", vpc));
  const std::string id = emulation.Get("/canary/shop").Text("/Canary/VpcConfig/VpcId");
  emulation.Patch("/canary/shop", "{\"VpcConfig\":" + vpc + "}");
  emulation.Settle();
  REQUIRE(emulation.Get("/canary/shop").Text("/Canary/VpcConfig/VpcId") == id);
}

TEST_CASE("CreateCanary: environment variables are taken and never given back") {
  const Answer answer = Created(
      CanaryBody("shop").With("RunConfig", R"({"EnvironmentVariables":{"API_KEY":"secret"}})"));
  REQUIRE(answer.raw.find("secret") == std::string::npos);
  REQUIRE_FALSE(answer.Has("/Canary/RunConfig/EnvironmentVariables"));
}

TEST_CASE("CreateCanary: a secret is not repeated, however wrong what it is in") {
  Emulation emulation;
  for (const auto& [member, json] : std::map<std::string, std::string>{
           {"RunConfig", R"([{"EnvironmentVariables":{"KEY":"hunter2"}}])"},
           {"RunConfig", R"({"EnvironmentVariables":["hunter2"]})"},
           {"Code", "\"hunter2\""}}) {
    const Answer answer = emulation.Post("/canary", CanaryBody("shop").With(member, json).Json());
    REQUIRE(answer.status == 400);
    REQUIRE(answer.raw.find("hunter2") == std::string::npos);
  }
}

TEST_CASE("CreateCanary: members that this model does not know are passed over") {
  Created(CanaryBody("shop").With("MultiLocationConfig", R"({"Replicas":[]})"));
}

TEST_CASE("GetCanary: an older runtime has engine and layer once creation has finished") {
  Emulation emulation;
  emulation.Create("a-name-that-is-longer-than-21-characters");
  const Answer answer = emulation.Get("/canary/a-name-that-is-longer-than-21-characters");
  const std::string name = "cwsyn-a-name-that-is-longer-" + answer.Text("/Canary/Id");
  REQUIRE(answer.Text("/Canary/EngineArn") ==
          "arn:aws:lambda:us-east-1:123456789012:function:" + name + ":1");
  REQUIRE(answer.Text("/Canary/Code/SourceLocationArn") ==
          "arn:aws:lambda:us-east-1:123456789012:layer:" + name + ":1");
  REQUIRE(answer.Text("/Canary/EngineConfigs/0/EngineArn") == answer.Text("/Canary/EngineArn"));
}

TEST_CASE("GetCanary: a multi-browser runtime has engines, and no single one") {
  Emulation emulation;
  emulation.Create(
      CanaryBody("shop")
          .With("RuntimeVersion", "\"syn-nodejs-puppeteer-11.0\"")
          .With("BrowserConfigs", R"([{"BrowserType":"CHROME"},{"BrowserType":"FIREFOX"}])"));
  const Answer answer = emulation.Get("/canary/shop");
  REQUIRE_FALSE(answer.Has("/Canary/EngineArn"));
  REQUIRE_FALSE(answer.Has("/Canary/Code/SourceLocationArn"));
  REQUIRE(answer.Size("/Canary/EngineConfigs") == 2);
  REQUIRE(answer.Text("/Canary/EngineConfigs/1/BrowserType") == "FIREFOX");
  REQUIRE(answer.Text("/Canary/BrowserConfigs") ==
          R"([{"BrowserType":"CHROME"},{"BrowserType":"FIREFOX"}])");
}

TEST_CASE("GetCanary: a canary that is not there is a 404, though the model has none") {
  Emulation emulation;
  const Answer answer = emulation.Get("/canary/nope");
  REQUIRE(answer.status == 404);
  REQUIRE(answer.error_type == "ResourceNotFoundException");
  REQUIRE(answer.Message() == "Canary not found: nope");
}

TEST_CASE("GetCanary: there are no dry runs to be found") {
  Emulation emulation;
  emulation.Create("shop");
  REQUIRE(emulation.Get("/canary/shop?dryRunId=3f0c0e0a-1111-4222-8333-abcdefabcdef").status ==
          404);
  REQUIRE(emulation.Get("/canary/shop?dryRunId=x").status == 400);
}

TEST_CASE("UpdateCanary: what is not sent stays as it was") {
  Emulation emulation;
  emulation.Create(CanaryBody("shop")
                       .With("RunConfig", R"({"MemoryInMB":960,"ActiveTracing":true})")
                       .With("Tags", R"({"team":"web"})"));
  const Answer update = emulation.Patch("/canary/shop", R"({"SuccessRetentionPeriodInDays":7})");
  REQUIRE(update.status == 200);
  REQUIRE(update.raw == "{}");
  emulation.Settle();
  const Answer answer = emulation.Get("/canary/shop");
  REQUIRE(answer.Number("/Canary/SuccessRetentionPeriodInDays") == 7);
  REQUIRE(answer.Number("/Canary/FailureRetentionPeriodInDays") == 31);
  REQUIRE(answer.Number("/Canary/RunConfig/MemoryInMB") == 960);
  REQUIRE(answer.Text("/Canary/RunConfig/ActiveTracing") == "true");
  REQUIRE(answer.Text("/Canary/Tags") == R"({"team":"web"})");
  REQUIRE(answer.Text("/Canary/EngineArn").ends_with(":2"));
}

TEST_CASE("UpdateCanary: two empty lists take the canary out of its VPC, absence leaves it there") {
  Emulation emulation;
  emulation.Create(CanaryBody("shop").With("VpcConfig", R"({"SubnetIds":["subnet-1"]})"));
  emulation.Patch("/canary/shop", R"({"FailureRetentionPeriodInDays":7})");
  emulation.Settle();
  REQUIRE(emulation.Get("/canary/shop").Has("/Canary/VpcConfig"));
  emulation.Patch("/canary/shop", R"({"VpcConfig":{"Ipv6AllowedForDualStack":true}})");
  emulation.Settle();
  REQUIRE(emulation.Get("/canary/shop").Text("/Canary/VpcConfig/SubnetIds") == R"(["subnet-1"])");
  emulation.Patch("/canary/shop", R"({"VpcConfig":{"SubnetIds":[],"SecurityGroupIds":[]}})");
  emulation.Settle();
  REQUIRE_FALSE(emulation.Get("/canary/shop").Has("/Canary/VpcConfig"));
}

TEST_CASE("UpdateCanary: a new schedule keeps retries and duration, and cuts a timeout to fit") {
  Emulation emulation;
  emulation.Create(CanaryBody("shop").With(
      "Schedule", R"json({"Expression":"rate(5 minutes)","DurationInSeconds":3600})json"));
  emulation.Patch("/canary/shop", R"json({"Schedule":{"Expression":"rate(1 minute)"}})json");
  emulation.Settle();
  const Answer answer = emulation.Get("/canary/shop");
  REQUIRE(answer.Number("/Canary/Schedule/DurationInSeconds") == 3600);
  REQUIRE(answer.Number("/Canary/RunConfig/TimeoutInSeconds") == 60);
}

TEST_CASE(
    "UpdateCanary: a timeout that does not fit the schedule is refused, and nothing changes") {
  Emulation emulation;
  emulation.Create("shop");
  const Answer answer = emulation.Patch(
      "/canary/shop", R"({"RunConfig":{"TimeoutInSeconds":90},"SuccessRetentionPeriodInDays":7})");
  REQUIRE(answer.status == 400);
  REQUIRE(answer.Message() ==
          "Run timeout cannot be greater than 60 seconds for the chosen frequency");
  REQUIRE(emulation.StateOf("shop") == "READY");
  REQUIRE(emulation.Get("/canary/shop").Number("/Canary/SuccessRetentionPeriodInDays") == 31);
}

TEST_CASE("UpdateCanary: another runtime needs its code") {
  Emulation emulation;
  emulation.Create("shop");
  const std::string runtime = R"("RuntimeVersion":"syn-nodejs-puppeteer-10.0")";
  const Answer refused = emulation.Patch("/canary/shop", "{" + runtime + "}");
  REQUIRE(refused.Message() == "Code must be provided when updating to a different runtime");
  REQUIRE(
      emulation.Patch("/canary/shop", R"({"RuntimeVersion":"syn-nodejs-puppeteer-9.1"})").status ==
      200);
  emulation.Settle();
  REQUIRE(emulation
              .Patch("/canary/shop",
                     "{" + runtime + R"(,"Code":{"Handler":"i.handler","ZipFile":"UEsFBg=="}})")
              .status == 200);
}

TEST_CASE(
    "UpdateCanary: on a runtime that is deprecated by now only a move to another is possible") {
  Emulation emulation;
  emulation.Create(CanaryBody("shop").With("RuntimeVersion", "\"syn-nodejs-puppeteer-7.0\""));
  emulation.Advance(R"({"to":"2026-02-01T00:00:00Z"})");
  REQUIRE(emulation.Patch("/canary/shop", R"({"SuccessRetentionPeriodInDays":7})").Message() ==
          "Deprecated runtime version specified.");
  REQUIRE(emulation.Post("/canary/shop/start").status == 200);
  emulation.Settle();
  REQUIRE(emulation
              .Patch("/canary/shop", R"({"RuntimeVersion":"syn-nodejs-puppeteer-9.1",)"
                                     R"("Code":{"Handler":"i.handler","ZipFile":"UEsFBg=="}})")
              .status == 200);
}

TEST_CASE("UpdateCanary: a dry run that there is not cannot be committed") {
  Emulation emulation;
  emulation.Create("shop");
  const Answer answer =
      emulation.Patch("/canary/shop", R"({"DryRunId":"3f0c0e0a-1111-4222-8333-abcdefabcdef"})");
  REQUIRE(answer.status == 404);
  REQUIRE(emulation.StateOf("shop") == "READY");
}

TEST_CASE("Canary operations: a canary that is not there is a 404 for each of them") {
  Emulation emulation;
  REQUIRE(emulation.Patch("/canary/nope", "{}").status == 404);
  REQUIRE(emulation.Delete("/canary/nope").status == 404);
  REQUIRE(emulation.Post("/canary/nope/start").status == 404);
  REQUIRE(emulation.Post("/canary/nope/stop").status == 404);
  REQUIRE(emulation.Post("/canary/nope/runs", "{}").error_type == "ResourceNotFoundException");
}

TEST_CASE("GetCanary: what it has shown before is not what it shows after a change") {
  Emulation emulation;
  const auto shown = [&](const std::string& member) {
    const std::string one = emulation.Get("/canary/shop").Text("/Canary" + member);
    REQUIRE(emulation.Post("/canaries").Text("/Canaries/0" + member) == one);
    return one;
  };
  const std::string tags =
      "/tags/arn%3Aaws%3Asynthetics%3Aus-east-1%3A123456789012%3Acanary%3Ashop";
  emulation.Create(CanaryBody("shop").With("Tags", R"({"a":"1"})"));
  const std::string id = shown("/Id");
  REQUIRE(shown("/Tags") == R"({"a":"1"})");
  REQUIRE(shown("/Status/State") == "READY");

  REQUIRE(emulation.Post(tags, R"({"Tags":{"b":"2"}})").status == 200);
  REQUIRE(shown("/Tags") == R"({"a":"1","b":"2"})");
  std::string many = R"({"Tags":{"c":"3")";
  for (int number = 0; number < 48; ++number) many += ",\"k" + std::to_string(number) + "\":\"v\"";
  REQUIRE(emulation.Post(tags, many + "}}").status == 400);
  REQUIRE(shown("/Tags") == R"({"a":"1","b":"2"})");
  REQUIRE(emulation.Delete(tags + "?tagKeys=a").status == 200);
  REQUIRE(shown("/Tags") == R"({"b":"2"})");

  REQUIRE(emulation.Put("/_emulator/snapshots/then", {}).status == 201);
  emulation.Start("shop");
  REQUIRE(shown("/Status/State") == "RUNNING");
  REQUIRE(emulation.Patch("/canary/shop", R"({"SuccessRetentionPeriodInDays":7})").status == 200);
  REQUIRE(shown("/SuccessRetentionPeriodInDays") == "7");
  REQUIRE(emulation.Post("/_emulator/snapshots/then/restore").status == 204);
  REQUIRE(shown("/Status/State") == "READY");
  REQUIRE(shown("/SuccessRetentionPeriodInDays") == "31");

  REQUIRE(emulation.Delete("/canary/shop").status == 200);
  emulation.Advance(R"({"until":"settled"})");
  REQUIRE(emulation.Get("/canary/shop").status == 404);
  emulation.Create("shop");
  REQUIRE(shown("/Tags") == "{}");
  REQUIRE(shown("/Id") != id);
}
