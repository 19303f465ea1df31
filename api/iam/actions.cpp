#include "api/iam/actions.hpp"

#include <algorithm>
#include <array>

namespace synthetics::api::iam {
namespace {

using enum AccessLevel;
using enum ResourceKind;

// What a row has of aws:RequestTag, aws:TagKeys, aws:ResourceTag and synthetics:Names.
constexpr bool kHas = true;
constexpr bool kNo = false;

// clang-format off
constexpr std::array<Action, 22> kActions{{
    // operation                level     resource        request tags, tag keys, resource tags, names
    {"CreateCanary",            kWrite,   kNone,          kHas, kHas, kNo,  kNo},
    {"GetCanary",               kRead,    kCanary,        kNo,  kNo,  kHas, kNo},
    {"UpdateCanary",            kWrite,   kCanary,        kNo,  kNo,  kHas, kNo},
    {"DeleteCanary",            kWrite,   kCanary,        kNo,  kNo,  kHas, kNo},
    {"StartCanary",             kWrite,   kCanary,        kNo,  kNo,  kHas, kNo},
    {"StopCanary",              kWrite,   kCanary,        kNo,  kNo,  kHas, kNo},
    {"StartCanaryDryRun",       kWrite,   kCanary,        kNo,  kNo,  kHas, kNo},
    {"GetCanaryRuns",           kRead,    kCanary,        kNo,  kNo,  kHas, kNo},
    {"DescribeCanaries",        kRead,    kNone,          kNo,  kNo,  kNo,  kHas},
    {"DescribeCanariesLastRun", kRead,    kNone,          kNo,  kNo,  kNo,  kHas},
    {"DescribeRuntimeVersions", kRead,    kNone,          kNo,  kNo,  kNo,  kNo},
    {"TagResource",             kTagging, kCanaryOrGroup, kHas, kHas, kNo,  kNo},
    {"UntagResource",           kTagging, kCanaryOrGroup, kNo,  kHas, kHas, kNo},
    {"ListTagsForResource",     kRead,    kCanaryOrGroup, kNo,  kNo,  kNo,  kNo},
    {"CreateGroup",             kWrite,   kNone,          kHas, kHas, kNo,  kNo},
    {"GetGroup",                kRead,    kGroup,         kNo,  kNo,  kHas, kNo},
    {"DeleteGroup",             kWrite,   kGroup,         kNo,  kNo,  kHas, kNo},
    {"ListGroups",              kList,    kNone,          kNo,  kNo,  kNo,  kNo},
    {"AssociateResource",       kWrite,   kGroup,         kNo,  kNo,  kHas, kNo},
    {"DisassociateResource",    kWrite,   kGroup,         kNo,  kNo,  kHas, kNo},
    {"ListGroupResources",      kList,    kGroup,         kNo,  kNo,  kHas, kNo},
    {"ListAssociatedGroups",    kList,    kCanary,        kNo,  kNo,  kHas, kNo},
}};
// clang-format on

}  // namespace

std::span<const Action> Actions() { return kActions; }

const Action* FindAction(std::string_view operation) {
  const auto* const row = std::ranges::find(kActions, operation, &Action::operation);
  return row == kActions.end() ? nullptr : row;
}

}  // namespace synthetics::api::iam
