#include "tests/support/catch.hpp"
#include "tests/support/emulation.hpp"

using namespace synthetics::tests;

namespace {

void Rule(Emulation& emulation, const std::string& states) {
  const Answer answer = emulation.Put("/_emulator/transitions", R"({"states":)" + states + "}");
  if (answer.status != 200) throw std::logic_error(answer.raw);
}

int Release(Emulation& emulation, const std::string& name = "shop") {
  return emulation.Post("/_emulator/canaries/" + name + "/release").status;
}

std::string StatusOf(Emulation& emulation) {
  return emulation.Get("/canary/shop").Text("/Canary/Status");
}

}  // namespace

TEST_CASE("Transitions: fast by default, and what was read can be put back") {
  Emulation emulation;
  REQUIRE(emulation.Get("/_emulator/transitions").raw == R"({"profile":"fast","states":{}})");
  const std::string body = R"({"profile":"realistic","states":{"CREATING":{"seconds":0.4}}})";
  REQUIRE(emulation.Put("/_emulator/transitions", body).raw == body);
  REQUIRE(emulation.Get("/_emulator/transitions").raw == body);
}

TEST_CASE("Transitions: a state's own time stands over the profile's, until it is set anew") {
  Emulation emulation;
  emulation.Put("/_emulator/transitions", R"({"states":{"CREATING":{"seconds":90}}})");
  emulation.Post("/canary", CanaryBody("shop").Json());
  emulation.Advance(R"({"seconds":89.999})");
  REQUIRE(emulation.StateOf("shop") == "CREATING");
  emulation.Advance(R"({"seconds":0.001})");
  REQUIRE(emulation.StateOf("shop") == "READY");
  REQUIRE(emulation.Put("/_emulator/transitions", R"({"profile":"instant"})").raw ==
          R"({"profile":"instant","states":{}})");
  emulation.Post("/canary/shop/start");
  REQUIRE(emulation.StateOf("shop") == "RUNNING");
}

TEST_CASE("Transitions: the realistic profile takes what AWS was seen to take") {
  Emulation emulation({.profile = synthetics::state::Profile::kRealistic});
  emulation.Post("/canary", CanaryBody("shop").Json());
  emulation.Advance(R"({"seconds":7})");
  REQUIRE(emulation.StateOf("shop") == "CREATING");
  emulation.Advance(R"({"seconds":0.1})");
  REQUIRE(emulation.StateOf("shop") == "READY");
}

TEST_CASE("Transitions: what makes no sense is refused and changes nothing") {
  Emulation emulation;
  for (const auto* const body :
       {R"({"profile":"slow"})", R"({"states":{"RUNNING":{"seconds":1}}})",
        R"({"states":{"CREATING":{"seconds":-1}}})", R"({"states":{"CREATING":{}}})",
        R"({"states":{"CREATING":5}})", R"({"states":{"CREATING":{"polls":0}}})",
        R"({"states":{"CREATING":{"polls":2,"hold":true}}})",
        R"({"states":{"CREATING":{"seconds":1,"polls":2}}})",
        R"({"states":{"CREATING":{"times":1}}})", R"({"states":{"CREATING":{"hold":false}}})",
        R"({"states":{"CREATING":{"hold":true,"times":1}}})",
        R"({"states":{"STARTING":{"then":{"stateReason":"no"}}}})",
        R"({"states":{"STOPPING":{"then":{}}}})",
        R"({"states":{"CREATING":{"then":{"state":"READY"}}}})",
        R"({"states":{"CREATING":{"then":{"stateReasonCode":"BAD"}}}})",
        R"({"states":{"CREATING":{"then":{"reason":"no"}}}})",
        R"({"states":{"CREATING":{"then":{},"times":0}}})"}) {
    CAPTURE(body);
    REQUIRE(emulation.Put("/_emulator/transitions", body).status == 400);
  }
  REQUIRE(emulation.Get("/_emulator/transitions").raw == R"({"profile":"fast","states":{}})");
}

TEST_CASE("Polls: a state ends when it has been read so often, whatever the clock says") {
  Emulation emulation;
  Rule(emulation, R"({"CREATING":{"polls":2},"STARTING":{"polls":1}})");
  REQUIRE(emulation.Post("/canary", CanaryBody("shop").Json()).Text("/Canary/Status/State") ==
          "CREATING");
  emulation.Advance(R"({"seconds":86400})");
  REQUIRE(emulation.StateOf("shop") == "CREATING");
  REQUIRE(emulation.Post("/canaries").Text("/Canaries/0/Status/State") == "CREATING");
  REQUIRE(emulation.StateOf("shop") == "READY");
  emulation.Post("/canary/shop/start");
  REQUIRE(emulation.StateOf("shop") == "STARTING");
  REQUIRE(emulation.StateOf("shop") == "RUNNING");
  REQUIRE(emulation.Post("/canary/shop/runs").Size("/CanaryRuns") == 1);
}

TEST_CASE("Polls: only reads of that canary count, and settling does not wait for them") {
  Emulation emulation;
  Rule(emulation, R"({"CREATING":{"polls":2}})");
  emulation.Post("/canary", CanaryBody("shop").Json());
  emulation.Post("/canary", CanaryBody("other").Json());
  emulation.StateOf("other");
  emulation.Get("/canary/nope");
  emulation.Post("/canary/shop/runs");
  emulation.Get("/_emulator/canaries/shop/wait?state=READY&timeoutSeconds=0");
  emulation.Settle();
  // To where only reads are awaited.
  REQUIRE(emulation.engine().now() < kNewYear + std::chrono::seconds{1});
  REQUIRE(StatusOf(emulation) == R"({"State":"CREATING","StateReasonCode":"CREATE_IN_PROGRESS"})");
  REQUIRE(emulation.StateOf("shop") == "CREATING");
  REQUIRE(emulation.StateOf("shop") == "READY");
}

TEST_CASE("Polls and holds: the state begins as it always does, and ends at once") {
  const std::string length = GENERATE(R"({"hold":true})", R"({"polls":1})");
  Emulation emulation;
  Rule(emulation, R"({"CREATING":)" + length + "}");
  REQUIRE(emulation.Post("/canary", CanaryBody("shop").Json()).Text("/Canary/Status") ==
          R"({"State":"CREATING","StateReasonCode":"CREATE_PENDING"})");
  REQUIRE(StatusOf(emulation) == R"({"State":"CREATING","StateReasonCode":"CREATE_PENDING"})");
  Release(emulation);
  REQUIRE(StatusOf(emulation) == R"({"State":"READY"})");
  REQUIRE(emulation.Get("/_emulator/clock/pending").Number("/total") == 0);
}

TEST_CASE("Polls: the answer that ends a deletion still has all of the canary") {
  Emulation emulation;
  emulation.Create(CanaryBody("shop").With("Tags", R"({"team":"web"})"));
  emulation.Create("other");
  Rule(emulation, R"({"DELETING":{"polls":1}})");
  emulation.Delete("/canary/shop");
  emulation.Delete("/canary/other");
  const Answer last = emulation.Get("/canary/shop");
  REQUIRE(last.Text("/Canary/Status/State") == "DELETING");
  REQUIRE(last.Text("/Canary/Tags") == R"({"team":"web"})");
  REQUIRE(emulation.Get("/canary/shop").status == 404);
  REQUIRE(emulation.Post("/canaries").Size("/Canaries") == 1);
  REQUIRE(emulation.Post("/canaries").Size("/Canaries") == 0);
}

TEST_CASE("Transitions: what is under way keeps the time with which it began") {
  Emulation emulation;
  Rule(emulation, R"({"CREATING":{"seconds":100}})");
  emulation.Post("/canary", CanaryBody("shop").Json());
  const std::string other =
      GENERATE(R"({"profile":"instant"})", R"({"states":{"CREATING":{"seconds":1000}}})");
  emulation.Put("/_emulator/transitions", other);
  emulation.Advance(R"({"seconds":99.999})");
  REQUIRE(emulation.StateOf("shop") == "CREATING");
  emulation.Advance(R"({"seconds":0.001})");
  REQUIRE(emulation.StateOf("shop") == "READY");
}

TEST_CASE("Hold: a state lasts until it is released") {
  Emulation emulation;
  emulation.Create("shop");
  Rule(emulation, R"({"UPDATING":{"hold":true}})");
  REQUIRE(Release(emulation) == 409);
  emulation.Patch("/canary/shop", R"({"SuccessRetentionPeriodInDays":5})");
  emulation.Advance(R"({"seconds":86400})");
  REQUIRE(StatusOf(emulation) == R"({"State":"UPDATING","StateReasonCode":"UPDATE_IN_PROGRESS"})");
  REQUIRE(emulation.Post("/canary/shop/start").status == 409);
  REQUIRE(Release(emulation) == 204);
  REQUIRE(StatusOf(emulation) == R"({"State":"READY"})");
  REQUIRE(Release(emulation) == 409);
  REQUIRE(Release(emulation, "nope") == 404);
}

TEST_CASE("Hold: what is under way is held on, what is to come is not, once the rule is gone") {
  Emulation emulation;
  Rule(emulation, R"({"CREATING":{"hold":true}})");
  emulation.Post("/canary", CanaryBody("shop").Json());
  Rule(emulation, "{}");
  emulation.Create("other");
  REQUIRE(emulation.StateOf("other") == "READY");
  REQUIRE(emulation.StateOf("shop") == "CREATING");
  REQUIRE(Release(emulation) == 204);
  REQUIRE(emulation.StateOf("shop") == "READY");
}

TEST_CASE("Hold: a forced state and a deletion end it as well") {
  Emulation emulation;
  Rule(emulation, R"({"CREATING":{"hold":true},"DELETING":{"hold":true}})");
  emulation.Post("/canary", CanaryBody("shop").Json());
  emulation.Put("/_emulator/canaries/shop/state", R"({"state":"STOPPED"})");
  REQUIRE(Release(emulation) == 409);
  emulation.Delete("/canary/shop");
  REQUIRE(emulation.StateOf("shop") == "DELETING");
  REQUIRE(Release(emulation) == 204);
  REQUIRE(emulation.Get("/canary/shop").status == 404);
}

TEST_CASE("Failing: so many creations end in ERROR, with the reason, and the next one does not") {
  Emulation emulation;
  Rule(emulation, R"({"CREATING":{"then":{"state":"ERROR","stateReason":"no role",)"
                  R"("stateReasonCode":"CREATE_FAILED"},"times":1}})");
  emulation.Create("shop");
  emulation.Create("other");
  REQUIRE(StatusOf(emulation) ==
          R"({"State":"ERROR","StateReason":"no role","StateReasonCode":"CREATE_FAILED"})");
  REQUIRE_FALSE(emulation.Get("/canary/shop").Has("/Canary/EngineArn"));
  REQUIRE(emulation.StateOf("other") == "READY");
  REQUIRE(emulation.Get("/_emulator/transitions").raw == R"({"profile":"fast","states":{}})");
  REQUIRE(emulation.Patch("/canary/shop", R"({"SuccessRetentionPeriodInDays":5})").status == 409);
  REQUIRE(emulation.Delete("/canary/shop").status == 200);
}

TEST_CASE("Failing: without a number all of them do, and at once where states are instant") {
  Emulation emulation({.profile = synthetics::state::Profile::kInstant});
  Rule(emulation, R"({"CREATING":{"then":{}}})");
  for (const auto* const name : {"shop", "other"}) {
    const Answer created = emulation.Post("/canary", CanaryBody(name).Json());
    REQUIRE(created.Text("/Canary/Status/State") == "ERROR");
    REQUIRE(created.Text("/Canary/Status/StateReasonCode") == "CREATE_FAILED");
    REQUIRE_FALSE(created.Text("/Canary/Status/StateReason").empty());
  }
}

TEST_CASE("Failing: a refused creation uses up no failure") {
  Emulation emulation;
  Rule(emulation, R"({"CREATING":{"then":{},"times":1}})");
  REQUIRE(emulation.Post("/canary", CanaryBody("shop").Every("rate(1 year)").Json()).status == 400);
  emulation.Create("shop");
  REQUIRE(emulation.StateOf("shop") == "ERROR");
}

TEST_CASE(
    "Failing: an update goes back to the state and the configuration before, with the reason") {
  const std::string before = GENERATE("READY", "RUNNING", "STOPPED");
  Emulation emulation;
  emulation.Create("shop");
  emulation.Put("/_emulator/canaries/shop/state", R"({"state":")" + before + "\"}");
  Rule(emulation, R"({"UPDATING":{"then":{"stateReason":"no subnet"},"times":1}})");
  const std::string update = R"({"SuccessRetentionPeriodInDays":5})";
  REQUIRE(emulation.Patch("/canary/shop", update).status == 200);
  REQUIRE(emulation.StateOf("shop") == "UPDATING");
  emulation.Settle();
  const Answer failed = emulation.Get("/canary/shop");
  REQUIRE(failed.Text("/Canary/Status") ==
          R"({"State":")" + before +
              R"(","StateReason":"no subnet","StateReasonCode":"ROLLBACK_COMPLETE"})");
  REQUIRE(failed.Number("/Canary/SuccessRetentionPeriodInDays") == 31);
  REQUIRE(failed.Text("/Canary/EngineArn").ends_with(":1"));
  const double pending = emulation.Get("/_emulator/clock/pending").Number("/total");
  REQUIRE((pending > 0) == (before == "RUNNING"));

  emulation.Patch("/canary/shop", update);
  emulation.Settle();
  REQUIRE(StatusOf(emulation) == R"({"State":")" + before + "\"}");
  REQUIRE(emulation.Get("/canary/shop").Number("/Canary/SuccessRetentionPeriodInDays") == 5);
}

TEST_CASE("Failing: an update can end in ERROR, out of which the next one leads") {
  Emulation emulation;
  emulation.Create("shop");
  emulation.Start("shop");
  Rule(emulation, R"({"UPDATING":{"then":{"state":"ERROR","stateReason":"no subnet"},"times":1}})");
  emulation.Patch("/canary/shop", R"({"SuccessRetentionPeriodInDays":5})");
  emulation.Settle();
  REQUIRE(StatusOf(emulation) ==
          R"({"State":"ERROR","StateReason":"no subnet","StateReasonCode":"ROLLBACK_FAILED"})");
  // A repair that fails leaves it there; one that does not, where it worked last.
  Rule(emulation, R"({"UPDATING":{"then":{"stateReason":"still none"},"times":1}})");
  emulation.Patch("/canary/shop", R"({"SuccessRetentionPeriodInDays":5})");
  emulation.Settle();
  REQUIRE(emulation.StateOf("shop") == "ERROR");
  REQUIRE(emulation.Patch("/canary/shop", R"({"SuccessRetentionPeriodInDays":5})").status == 200);
  emulation.Settle();
  REQUIRE(StatusOf(emulation) == R"({"State":"RUNNING"})");
  REQUIRE(emulation.Get("/_emulator/clock/pending").Number("/total") > 0);
}

TEST_CASE("Failing: a deletion by force of a canary that runs leaves it running") {
  Emulation emulation;
  emulation.Create("shop");
  emulation.Start("shop");
  Rule(emulation, R"({"DELETING":{"then":{"stateReason":"in use"},"times":1}})");
  emulation.Put("/_emulator/canaries/shop/state", R"({"state":"DELETING"})");
  emulation.Settle();
  REQUIRE(emulation.StateOf("shop") == "RUNNING");
  REQUIRE(emulation.Advance(R"({"seconds":600})").Number("/runsStarted") > 0);
}

TEST_CASE("Failing: a canary that was never made does not run") {
  Emulation emulation;
  Rule(emulation, R"({"CREATING":{"then":{"stateReason":"no role"}}})");
  emulation.Create("shop");
  REQUIRE(emulation.Post("/_emulator/canaries/shop/runs").status == 409);
}

TEST_CASE("Failing: a canary whose deletion fails stays, and can be deleted again") {
  Emulation emulation;
  emulation.Create("shop");
  Rule(emulation, R"({"DELETING":{"then":{"stateReason":"in use"},"times":1}})");
  emulation.Delete("/canary/shop");
  emulation.Settle();
  REQUIRE(StatusOf(emulation) ==
          R"({"State":"READY","StateReason":"in use","StateReasonCode":"DELETE_FAILED"})");
  REQUIRE(emulation.Delete("/canary/shop").status == 200);
  emulation.Settle();
  REQUIRE(emulation.Get("/canary/shop").status == 404);
}

TEST_CASE("Failing: it can be put off until a release or a read") {
  Emulation emulation;
  Rule(emulation, R"({"CREATING":{"hold":true,"then":{"stateReason":"no role"},"times":1}})");
  const std::string rule = emulation.Get("/_emulator/transitions").raw;
  REQUIRE(emulation.Put("/_emulator/transitions", rule).raw == rule);
  emulation.Post("/canary", CanaryBody("shop").Json());
  REQUIRE(emulation.StateOf("shop") == "CREATING");
  REQUIRE(emulation.Get("/_emulator/transitions").raw ==
          R"({"profile":"fast","states":{"CREATING":{"hold":true}}})");
  Release(emulation);
  REQUIRE(emulation.StateOf("shop") == "ERROR");
}

TEST_CASE("Transitions: rules and what they hold are in snapshots, and gone with a reset") {
  Emulation emulation;
  Rule(emulation, R"({"CREATING":{"polls":3,"then":{"stateReason":"no role"},"times":2}})");
  emulation.Post("/canary", CanaryBody("shop").Json());
  emulation.StateOf("shop");
  const std::string rules = emulation.Get("/_emulator/transitions").raw;
  emulation.Put("/_emulator/snapshots/base", {});
  emulation.Post("/_emulator/reset");
  REQUIRE(emulation.Get("/_emulator/transitions").raw == R"({"profile":"fast","states":{}})");
  emulation.Post("/_emulator/snapshots/base/restore");
  REQUIRE(emulation.Get("/_emulator/transitions").raw == rules);
  REQUIRE(emulation.StateOf("shop") == "CREATING");
  REQUIRE(emulation.StateOf("shop") == "CREATING");
  REQUIRE(emulation.StateOf("shop") == "ERROR");
}
