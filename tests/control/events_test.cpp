#include "tests/support/catch.hpp"
#include "tests/support/emulation.hpp"

using namespace synthetics::tests;

namespace {

const std::string kEvents = "/_emulator/events";
const std::string kStatus = "Synthetics%20Canary%20Status%20Change";

// The states that the events tell of, in their order.
std::string States(const Answer& answer) {
  std::string states;
  for (std::size_t index = 0; index < answer.Size("/events"); ++index) {
    const std::string detail = "/events/" + std::to_string(index) + "/detail/";
    states += answer.Text(detail + "previous-state") + ">" + answer.Text(detail + "current-state");
    states += " ";
  }
  return states;
}

}  // namespace

TEST_CASE("Events: a change of state, in EventBridge's form") {
  Emulation emulation;
  emulation.Create("shop");
  const Answer canary = emulation.Get("/canary/shop");
  const std::string id = canary.Text("/Canary/Id");
  const Answer answer = emulation.Get(kEvents);
  REQUIRE(answer.Size("/events") == 2);
  REQUIRE(answer.Text("/events/1/id").size() == 36);
  const std::string function = canary.Text("/Canary/EngineArn");
  const std::string layer = canary.Text("/Canary/Code/SourceLocationArn");
  REQUIRE(answer.Text("/events/1") ==
          R"({"version":"0","id":")" + answer.Text("/events/1/id") +
              R"(","detail-type":"Synthetics Canary Status Change","source":"aws.synthetics",)"
              R"("account":"123456789012","time":"2026-01-01T00:00:00Z","region":"us-east-1",)"
              R"("resources":[],"detail":{"account-id":"123456789012","canary-id":")" +
              id +
              R"(","canary-name":"shop","current-state":"READY","previous-state":"CREATING",)"
              R"("source-location":"NULL","updated-on":1767225600.4,"changed-config":{)"
              R"("executionArn":{"current-value":")" +
              function + R"("},"vpcId":{"current-value":"NULL"},)" +
              R"("testCodeLayerVersionArn":{"current-value":")" + layer +
              R"("}},"message":"Canary status has changed"}})");
  REQUIRE(canary.Number("/Canary/Timeline/LastModified") == 1767225600.4);
}

TEST_CASE("Events: each state that a canary comes into, but for DELETING") {
  Emulation emulation;
  emulation.Create("shop");
  emulation.Start("shop");
  emulation.Post("/canary/shop/stop");
  emulation.Settle();
  emulation.Patch("/canary/shop", R"({"SuccessRetentionPeriodInDays":5})");
  emulation.Settle();
  emulation.Put("/_emulator/canaries/shop/state", R"({"state":"ERROR"})");
  emulation.Put("/_emulator/canaries/shop/state", R"({"state":"ERROR","stateReason":"x"})");
  emulation.Delete("/canary/shop");
  emulation.Settle();
  REQUIRE(States(emulation.Get(kEvents + "?type=" + kStatus)) ==
          "NULL>CREATING CREATING>READY READY>STARTING STARTING>RUNNING RUNNING>STOPPING"
          " STOPPING>STOPPED STOPPED>UPDATING UPDATING>STOPPED STOPPED>ERROR ");
}

TEST_CASE("Events: an update has the versions before and after, and the VPC where that changed") {
  Emulation emulation;
  emulation.Create("shop");
  const auto update = [&](const std::string& body) {
    const std::string cursor = emulation.Get(kEvents).Text("/cursor");
    emulation.Patch("/canary/shop", body);
    emulation.Settle();
    const Answer answer = emulation.Get(kEvents + "?since=" + cursor);
    REQUIRE(States(answer) == "READY>UPDATING UPDATING>READY ");
    REQUIRE(answer.Text("/events/0/detail/changed-config") == "{}");
    REQUIRE(answer.Text("/events/1/detail/changed-config/executionArn/previous-value") !=
            answer.Text("/events/1/detail/changed-config/executionArn/current-value"));
    REQUIRE(emulation.Get("/canary/shop").Text("/Canary/EngineArn") ==
            answer.Text("/events/1/detail/changed-config/executionArn/current-value"));
    return answer.Text("/events/1/detail/changed-config/vpcId");
  };
  REQUIRE(update(R"({"SuccessRetentionPeriodInDays":5})") == R"({"current-value":"NULL"})");
  const std::string moved =
      update(R"({"VpcConfig":{"SubnetIds":["subnet-1"],"SecurityGroupIds":["sg-1"]}})");
  const std::string vpc = emulation.Get("/canary/shop").Text("/Canary/VpcConfig/VpcId");
  REQUIRE(moved == R"({"previous-value":"NULL","current-value":")" + vpc + "\"}");
  REQUIRE(update(R"({"SuccessRetentionPeriodInDays":6})") == R"({"current-value":")" + vpc + "\"}");
}

TEST_CASE(
    "Events: a state that was forced has the VPC as well, and one that was DELETING no event") {
  Emulation emulation;
  emulation.Put("/_emulator/transitions",
                R"({"states":{"CREATING":{"hold":true},"DELETING":{"then":{}}}})");
  emulation.Post("/canary",
                 CanaryBody("shop").With("VpcConfig", R"({"SubnetIds":["subnet-1"]})").Json());
  emulation.Put("/_emulator/canaries/shop/state", R"({"state":"READY"})");
  // Where nothing is about to end, nothing is planned.
  const auto& store = emulation.engine().store();
  const auto shop = store.canaries.Find({"123456789012", "us-east-1"}, "shop").value();
  REQUIRE(store.transitions.PlanOf(shop.key) == synthetics::state::TransitionPlan{});
  emulation.Put("/_emulator/canaries/shop/state", R"({"state":"UPDATING"})");
  emulation.Settle();
  emulation.Delete("/canary/shop");
  emulation.Settle();
  REQUIRE(emulation.Get("/canary/shop").Text("/Canary/Status/StateReasonCode") == "DELETE_FAILED");
  const std::string vpc = emulation.Get("/canary/shop").Text("/Canary/VpcConfig/VpcId");
  const Answer answer = emulation.Get(kEvents);
  REQUIRE(States(answer) == "NULL>CREATING CREATING>READY READY>UPDATING UPDATING>READY ");
  for (const auto* const event : {"1", "3"}) {
    REQUIRE(answer.Text("/events/" + std::string(event) + "/detail/changed-config/vpcId") ==
            R"({"current-value":")" + vpc + "\"}");
  }
}

TEST_CASE("Events: after a restore a cursor leads to what then happens, under ids of its own") {
  Emulation emulation;
  emulation.Create("shop");
  emulation.Put("/_emulator/snapshots/base", {});
  emulation.Create("other");
  const Answer undone = emulation.Get(kEvents);
  emulation.Post("/_emulator/snapshots/base/restore");
  const Answer caught_up = emulation.Get(kEvents + "?since=" + undone.Text("/cursor"));
  REQUIRE(caught_up.raw == R"({"events":[],"cursor":2})");
  emulation.Create("third");
  const Answer next = emulation.Get(kEvents + "?since=" + caught_up.Text("/cursor"));
  REQUIRE(next.Text("/events/1/detail/canary-name") == "third");
  REQUIRE(next.Text("/events/1/id") != undone.Text("/events/3/id"));
}

TEST_CASE("Events: a run's result, with its reason in quotes of its own") {
  Emulation emulation;
  emulation.Create("shop");
  emulation.Put("/_emulator/canaries/shop/outcomes",
                R"({"script":[{"state":"PASSED","durationMs":1500},)"
                R"({"state":"FAILED","stateReason":"it said \"no\"","durationMs":1500},)"
                R"({"state":"FAILED","durationMs":9000000}]})");
  emulation.Start("shop");
  const std::string cursor = emulation.Get(kEvents).Text("/cursor");
  emulation.Advance(R"({"seconds":200})");
  const Answer answer = emulation.Get(kEvents + "?since=" + cursor);
  const Answer runs = emulation.Post("/canary/shop/runs");
  REQUIRE(runs.Size("/CanaryRuns") == 4);
  REQUIRE(answer.Text("/events/0/detail-type") == "Synthetics Canary TestRun Successful");
  REQUIRE(answer.Text("/events/0/time") == "2026-01-01T00:00:03Z");
  const std::string run = runs.Text("/CanaryRuns/3/Id");
  REQUIRE(answer.Text("/events/0/detail") ==
          R"({"account-id":"123456789012","canary-id":")" +
              emulation.Get("/canary/shop").Text("/Canary/Id") +
              R"(","canary-name":"shop","canary-run-id":")" + run + R"(","artifact-location":")" +
              runs.Text("/CanaryRuns/3/ArtifactS3Location") +
              R"(","test-run-status":"PASSED","state-reason":"null","canary-run-timeline":)"
              R"({"started":1767225600.6,"completed":1767225602.1},)"
              R"("message":"Test run result is generated successfully"})");
  REQUIRE(answer.Text("/events/1/detail-type") == "Synthetics Canary TestRun Failure");
  REQUIRE(answer.Text("/events/1/detail/state-reason") == R"("it said \"no\"")");
  REQUIRE(answer.Text("/events/1/detail/test-run-status") == "FAILED");
  REQUIRE(answer.Text("/events/2/detail/artifact-location") == "null");
}

TEST_CASE("Events: filters, and a cursor from which the next call goes on") {
  Emulation emulation;
  emulation.Create("shop");
  emulation.Create("other");
  emulation.Start("shop");
  emulation.Advance(R"({"seconds":100})");
  REQUIRE(emulation.Get(kEvents + "?canary=other").Size("/events") == 2);
  REQUIRE(emulation.Get(kEvents + "?region=eu-west-1").Size("/events") == 0);
  REQUIRE(emulation.Get(kEvents + "?account=999999999999").Size("/events") == 0);
  const std::size_t runs =
      emulation.Get(kEvents + "?type=Synthetics%20Canary%20TestRun%20Successful").Size("/events");
  REQUIRE(runs == 2);
  REQUIRE(emulation.Get(kEvents + "?since=2026-01-01T00:01:00Z").Size("/events") == 1);

  std::vector<std::string> ids;
  std::string cursor = "0";
  while (true) {
    const Answer page = emulation.Get(kEvents + "?limit=3&since=" + cursor);
    cursor = page.Text("/cursor");
    for (std::size_t index = 0; index < page.Size("/events"); ++index) {
      ids.push_back(page.Text("/events/" + std::to_string(index) + "/id"));
    }
    if (page.Size("/events") == 0) break;
  }
  const Answer all = emulation.Get(kEvents);
  REQUIRE(ids.size() == all.Size("/events"));
  for (std::size_t index = 0; index < ids.size(); ++index) {
    REQUIRE(ids[index] == all.Text("/events/" + std::to_string(index) + "/id"));
  }
  // Where nothing is wanted, what came by is passed all the same.
  REQUIRE(emulation.Get(kEvents + "?region=eu-west-1").Text("/cursor") == cursor);
  for (const auto* const query :
       {"?type=run", "?since=yesterday", "?limit=0", "?cursor=1", "?canary=A%20B", "?account=1"}) {
    CAPTURE(query);
    REQUIRE(emulation.Get(kEvents + query).status == 400);
  }
}

TEST_CASE("Events: the last ten thousand are kept, of canaries that are gone as well") {
  Emulation emulation;
  emulation.Create("shop");
  emulation.Start("shop");
  emulation.Advance(R"({"seconds":630000})");
  emulation.Post("/canary/shop/stop");
  emulation.Settle();
  emulation.Delete("/canary/shop");
  emulation.Settle();
  const Answer answer = emulation.Get(kEvents + "?limit=10000");
  REQUIRE(answer.Size("/events") == 10'000);
  REQUIRE(answer.Text("/events/0/detail-type") == "Synthetics Canary TestRun Successful");
  REQUIRE(emulation.Get(kEvents + "?limit=10000&since=" + answer.Text("/cursor")).Size("/events") <
          1000);
}

TEST_CASE(
    "Events: a reset forgets them, of one region or of all, and the same story has the same") {
  Emulation emulation;
  emulation.Create("shop");
  const std::string told = emulation.Get(kEvents).raw;
  emulation.Post("/_emulator/reset?region=eu-west-1");
  REQUIRE(emulation.Get(kEvents).raw == told);
  emulation.Post("/_emulator/reset?region=us-east-1");
  REQUIRE(emulation.Get(kEvents).Size("/events") == 0);
  // A cursor never points ahead of what is still to come.
  REQUIRE(emulation.Get(kEvents).Number("/cursor") == 2);
  emulation.Post("/_emulator/reset");
  REQUIRE(emulation.Get(kEvents).raw == R"({"events":[],"cursor":0})");
  emulation.Create("shop");
  REQUIRE(emulation.Get(kEvents).raw == told);
}

TEST_CASE("Events: none of a dry run, and none of what StopCanary cuts off") {
  Emulation emulation;
  emulation.Create("shop");
  emulation.Put("/_emulator/outcomes",
                R"({"rule":{"failureRate":0,"durationMs":{"min":9000,"max":9000}}})");
  emulation.Start("shop");
  emulation.Post("/canary/shop/stop");
  emulation.Settle();
  emulation.Advance(R"({"seconds":60})");
  REQUIRE(emulation.Get(kEvents + "?type=" + kStatus).Size("/events") ==
          emulation.Get(kEvents).Size("/events"));
}
