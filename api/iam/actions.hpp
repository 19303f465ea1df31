// What may be allowed or denied: an action for each operation of the service, as the service
// authorization reference has them.
#pragma once

#include <span>
#include <string_view>

namespace synthetics::api::iam {

// The condition key with the names that DescribeCanaries and DescribeCanariesLastRun ask for.
inline constexpr std::string_view kNames = "synthetics:Names";

enum class AccessLevel { kList, kRead, kTagging, kWrite };

// Of whose ARN an action's resource is. One without a resource is allowed by `"Resource": "*"`
// only.
enum class ResourceKind { kNone, kCanary, kGroup, kCanaryOrGroup };

struct Action {
  std::string_view operation;  // its action is `synthetics:` and that
  AccessLevel level;
  ResourceKind resource;
  // The condition keys of its own that its requests have, where there is something to tell.
  bool has_request_tags = false;   // aws:RequestTag/…, of tags that are sent
  bool has_tag_keys = false;       // aws:TagKeys, of tags that are sent or named
  bool has_resource_tags = false;  // aws:ResourceTag/…, of what is acted upon
  bool has_names = false;          // synthetics:Names
};

std::span<const Action> Actions();

// None where the service has no such operation.
const Action* FindAction(std::string_view operation);

}  // namespace synthetics::api::iam
