#include "api/iam/least_privilege.hpp"

#include "tests/iam/policies.hpp"
#include "tests/support/catch.hpp"

using namespace synthetics::api::iam;
using namespace synthetics::tests;

TEST_CASE("Least privilege: actions on the same resources share a statement, in order") {
  const std::set<UsedAction> used{
      {"synthetics:StopCanary", "arn:aws:synthetics:r:1:canary:b"},
      {"synthetics:StartCanary", "arn:aws:synthetics:r:1:canary:b"},
      {"synthetics:GetCanary", "arn:aws:synthetics:r:1:canary:b"},
      {"synthetics:GetCanary", "arn:aws:synthetics:r:1:canary:a"},
      {"synthetics:ListGroups", "*"},
      {"synthetics:CreateCanary", "*"},
  };
  REQUIRE(LeastPrivilege(used) ==
          R"({"Version":"2012-10-17","Statement":[)"
          R"({"Effect":"Allow","Action":["synthetics:CreateCanary","synthetics:ListGroups"],)"
          R"("Resource":["*"]},)"
          R"({"Effect":"Allow","Action":["synthetics:GetCanary"],)"
          R"("Resource":["arn:aws:synthetics:r:1:canary:a","arn:aws:synthetics:r:1:canary:b"]},)"
          R"({"Effect":"Allow","Action":["synthetics:StartCanary","synthetics:StopCanary"],)"
          R"("Resource":["arn:aws:synthetics:r:1:canary:b"]}]})");
}

TEST_CASE("Least privilege: it allows what was used, and nothing else") {
  const std::vector<std::string> actions{"synthetics:GetCanary", "synthetics:StopCanary",
                                         "synthetics:ListGroups"};
  const std::vector<std::string> resources{kCanaries + "a", kCanaries + "b", "*"};
  const std::set<UsedAction> used{{actions[0], resources[0]},
                                  {actions[0], resources[1]},
                                  {actions[1], resources[1]},
                                  {actions[2], resources[2]}};
  const auto policies = Parse({LeastPrivilege(used)});
  for (const std::string& action : actions) {
    for (const std::string& resource : resources) {
      CAPTURE(action, resource);
      const bool is_allowed =
          Evaluate(policies, {.action = action, .resource = resource, .keys = {}}).outcome ==
          Outcome::kAllowed;
      // `*` stands for every resource of its action, and ListGroups has no other.
      const bool is_wanted = used.contains({action, resource}) || action == "synthetics:ListGroups";
      CHECK(is_allowed == is_wanted);
    }
  }
}

TEST_CASE("Least privilege: characters of a name that policies read otherwise stay that name's") {
  for (const std::string name : {"*", "a?", "${aws:username}", "$x", "${"}) {
    CAPTURE(name);
    const std::string resource = kCanaries + name;
    const auto policies = Parse({LeastPrivilege({{"synthetics:GetCanary", resource}})});
    const auto is_allowed = [&](const std::string& other) {
      return Evaluate(policies, {.action = "synthetics:GetCanary", .resource = other, .keys = {}})
                 .outcome == Outcome::kAllowed;
    };
    CHECK(is_allowed(resource));
    CHECK_FALSE(is_allowed(kCanaries + "ab"));
  }
}

TEST_CASE("Least privilege: nothing used is nothing allowed") {
  REQUIRE(LeastPrivilege({}) == R"({"Version":"2012-10-17","Statement":[]})");
}
