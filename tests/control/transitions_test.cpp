#include "tests/support/catch.hpp"
#include "tests/support/emulation.hpp"

using namespace synthetics::tests;

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
        R"({"states":{"CREATING":{"polls":2}}})", R"({"states":{"CREATING":5}})"}) {
    CAPTURE(body);
    REQUIRE(emulation.Put("/_emulator/transitions", body).status == 400);
  }
  REQUIRE(emulation.Get("/_emulator/transitions").raw == R"({"profile":"fast","states":{}})");
}
