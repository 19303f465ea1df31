#include "api/handlers/tags.hpp"

#include "api/arn.hpp"

namespace synthetics::api {
namespace {

// A resource and where its tags are.
struct Tagged {
  state::Tags* tags;
  std::int64_t key;
};

std::optional<Tagged> FindGroupTags(Context& context, const ResourceArn& arn) {
  state::Store& store = context.engine.store();
  const auto group = store.groups.FindById(context.scope.account, arn.name);
  if (!group || group->home_region != arn.region) return {};
  return Tagged{&store.group_tags, group->key};
}

std::optional<Tagged> FindCanaryTags(Context& context, const ResourceArn& arn) {
  if (arn.region != context.scope.region) return {};
  state::Store& store = context.engine.store();
  const auto canary = store.canaries.Find(context.scope, arn.name);
  if (!canary) return {};
  return Tagged{&store.canary_tags, canary->key};
}

// An ARN of another account names nothing that the caller could see here; one of another region
// neither, unless it is a group's, which is seen from all of them.
Result<Tagged> FindTagged(Context& context, const std::string& arn) {
  std::optional<Tagged> tagged;
  const auto parsed = ParseResourceArn(arn);
  if (parsed && IsOwnAccount(*parsed, context.scope)) {
    tagged = parsed->type == "group" ? FindGroupTags(context, *parsed)
                                     : FindCanaryTags(context, *parsed);
  }
  if (!tagged) return ApiError{ErrorKind::kNotFound, "Resource not found: " + arn};
  return *tagged;
}

}  // namespace

Result<Empty> TagResource(Context& context, const TagResourceRequest& request) {
  const auto tagged = FindTagged(context, request.resource_arn);
  if (!tagged) return tagged.error();
  tagged->tags->Put(tagged->key, request.tags);
  const std::size_t count = tagged->tags->Of(tagged->key).size();
  if (std::cmp_greater(count, kTags.max)) {
    return ApiError{ErrorKind::kInvalid,
                    "A resource can have at most " + std::to_string(kTags.max) + " tags, '" +
                        request.resource_arn + "' would have " + std::to_string(count) + "."};
  }
  return Empty{};
}

Result<Empty> UntagResource(Context& context, const UntagResourceRequest& request) {
  const auto tagged = FindTagged(context, request.resource_arn);
  if (!tagged) return tagged.error();
  tagged->tags->Remove(tagged->key, request.tag_keys);
  return Empty{};
}

Result<ListTagsForResourceResponse> ListTagsForResource(Context& context,
                                                        const ListTagsForResourceRequest& request) {
  const auto tagged = FindTagged(context, request.resource_arn);
  if (!tagged) return tagged.error();
  return ListTagsForResourceResponse{tagged->tags->Of(tagged->key)};
}

}  // namespace synthetics::api
