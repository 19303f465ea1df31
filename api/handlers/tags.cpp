#include "api/handlers/tags.hpp"

#include "api/handlers/find_canary.hpp"
#include "api/handlers/find_group.hpp"

namespace synthetics::api {
namespace {

// A resource and where its tags are.
struct Tagged {
  state::Tags* tags;
  std::int64_t key;
};

std::optional<Tagged> FindTags(Context& context, const ResourceArn& arn) {
  state::Store& store = context.engine.store();
  if (const auto group = FindGroupByArn(context, arn)) return Tagged{&store.group_tags, group->key};
  if (!IsCanaryHere(context, arn)) return {};
  const auto canary = store.canaries.Find(context.scope, arn.name);
  if (!canary) return {};
  return Tagged{&store.canary_tags, canary->key};
}

Result<Tagged> FindTagged(Context& context, const std::string& arn) {
  const auto parsed = ParseResourceArn(arn);
  const auto tagged = parsed ? FindTags(context, *parsed) : std::nullopt;
  if (!tagged) {
    const bool is_group = parsed && parsed->type == ResourceType::kGroup;
    return ApiError{ErrorKind::kNotFound, "Resource not found: " + arn,
                    is_group ? ExplainNoGroup(context, arn) : ExplainNoCanary(context, arn)};
  }
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
