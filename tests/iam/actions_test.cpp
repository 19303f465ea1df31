#include "api/iam/actions.hpp"

#include "api/iam/denial.hpp"
#include "api/operation.hpp"
#include "tests/support/catch.hpp"

using namespace synthetics;
using namespace synthetics::api::iam;

TEST_CASE("Actions: there is one for each operation") {
  REQUIRE(Actions().size() == api::Operations().size());
  for (const api::Operation& operation : api::Operations()) {
    CAPTURE(operation.name);
    CHECK(FindAction(operation.name) != nullptr);
  }
  CHECK(FindAction("ReplicateCanary") == nullptr);
}

namespace {

std::string_view OnlyLabel(const api::Operation& operation) {
  const std::size_t begin = operation.path.find('{');
  if (begin == std::string_view::npos) return {};
  return operation.path.substr(begin + 1, operation.path.find('}') - begin - 1);
}

}  // namespace

TEST_CASE("Actions: have the kind of resource that their operation's path names") {
  for (const api::Operation& operation : api::Operations()) {
    CAPTURE(operation.name);
    const Action& action = *FindAction(operation.name);
    const std::string_view label = OnlyLabel(operation);
    const bool is_of_tags = operation.family == api::Family::kTag;
    CHECK((action.resource == ResourceKind::kNone) == label.empty());
    CHECK((action.resource == ResourceKind::kGroup) == (label == "groupIdentifier"));
    CHECK((action.resource == ResourceKind::kCanaryOrGroup) == is_of_tags);
    // Of one canary or group, except where its tags are the matter.
    if (!is_of_tags) CHECK(action.has_resource_tags == !label.empty());
  }
}

TEST_CASE("Actions: a few rows as the service authorization reference has them") {
  const Action& create = *FindAction("CreateCanary");
  CHECK(create.level == AccessLevel::kWrite);
  CHECK((create.has_request_tags && create.has_tag_keys && !create.has_resource_tags));
  const Action& tag = *FindAction("TagResource");
  CHECK(tag.level == AccessLevel::kTagging);
  CHECK((tag.has_request_tags && tag.has_tag_keys && !tag.has_resource_tags));
  const Action& untag = *FindAction("UntagResource");
  CHECK((!untag.has_request_tags && untag.has_tag_keys && untag.has_resource_tags));
  const Action& tags = *FindAction("ListTagsForResource");
  CHECK(tags.level == AccessLevel::kRead);
  CHECK((!tags.has_request_tags && !tags.has_tag_keys && !tags.has_resource_tags));
  CHECK(FindAction("ListGroups")->level == AccessLevel::kList);
  for (const Action& action : Actions()) {
    CAPTURE(action.operation);
    CHECK(action.has_names == action.operation.starts_with("DescribeCanaries"));
  }
}

TEST_CASE("Denial: the sentences of AWS") {
  const std::string caller = "arn:aws:sts::123456789012:assumed-role/TeamRole/MasterKey";
  const state::Scope scope{.account = "123456789012", .region = "us-east-1"};
  const std::string canaries = AnyResourceArn(*FindAction("DescribeCanaries"), scope);
  CHECK(DenialMessage(caller, "synthetics:DescribeCanaries", canaries, false) ==
        "User: arn:aws:sts::123456789012:assumed-role/TeamRole/MasterKey is not authorized to "
        "perform: synthetics:DescribeCanaries on resource: "
        "arn:aws:synthetics:us-east-1:123456789012:canary:* because no identity-based policy "
        "allows the synthetics:DescribeCanaries action");
  CHECK(DenialMessage(caller, "synthetics:DescribeCanaries", canaries, true) ==
        "User: arn:aws:sts::123456789012:assumed-role/TeamRole/MasterKey is not authorized to "
        "perform: synthetics:DescribeCanaries on resource: "
        "arn:aws:synthetics:us-east-1:123456789012:canary:* with an explicit deny in an "
        "identity-based policy");
}

TEST_CASE("Denial: an action without a resource names all of its kind") {
  const state::Scope scope{.account = "123456789012", .region = "cn-north-1"};
  const auto any = [&](std::string_view operation) {
    return AnyResourceArn(*FindAction(operation), scope);
  };
  const std::string prefix = "arn:aws-cn:synthetics:cn-north-1:123456789012:";
  CHECK(any("CreateCanary") == prefix + "canary:*");
  CHECK(any("DescribeCanariesLastRun") == prefix + "canary:*");
  CHECK(any("DescribeRuntimeVersions") == prefix + "canary:*");
  CHECK(any("CreateGroup") == prefix + "group:*");
  CHECK(any("ListGroups") == prefix + "group:*");
}
