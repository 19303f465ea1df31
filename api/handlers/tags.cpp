#include "api/handlers/tags.hpp"

#include "api/arn.hpp"

namespace synthetics::api {
namespace {

// An ARN without an account means the caller's; one of another account or region names nothing that
// the caller could see here.
Result<state::Canary> FindTagged(Context& context, const std::string& arn) {
  const ApiError not_found{ErrorKind::kNotFound, "Resource not found: " + arn};
  const auto parsed = ParseResourceArn(arn);
  if (!parsed || parsed->type != "canary") return not_found;
  const bool is_own_account = parsed->account.empty() || parsed->account == context.scope.account;
  if (!is_own_account || parsed->region != context.scope.region) return not_found;
  auto canary = context.engine.store().canaries.Find(context.scope, parsed->name);
  if (!canary) return not_found;
  return *std::move(canary);
}

}  // namespace

Result<Empty> TagResource(Context& context, const TagResourceRequest& request) {
  const auto canary = FindTagged(context, request.resource_arn);
  if (!canary) return canary.error();
  state::Tags& tags = context.engine.store().tags;
  tags.Put(canary->key, request.tags);
  const std::size_t count = tags.Of(canary->key).size();
  if (std::cmp_greater(count, kTags.max)) {
    return ApiError{ErrorKind::kInvalid,
                    "A resource can have at most " + std::to_string(kTags.max) + " tags, '" +
                        request.resource_arn + "' would have " + std::to_string(count) + "."};
  }
  return Empty{};
}

Result<Empty> UntagResource(Context& context, const UntagResourceRequest& request) {
  const auto canary = FindTagged(context, request.resource_arn);
  if (!canary) return canary.error();
  context.engine.store().tags.Remove(canary->key, request.tag_keys);
  return Empty{};
}

Result<ListTagsForResourceResponse> ListTagsForResource(Context& context,
                                                        const ListTagsForResourceRequest& request) {
  const auto canary = FindTagged(context, request.resource_arn);
  if (!canary) return canary.error();
  return ListTagsForResourceResponse{context.engine.store().tags.Of(canary->key)};
}

}  // namespace synthetics::api
