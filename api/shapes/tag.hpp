// The shapes of the tag operations.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "api/codec.hpp"
#include "api/shapes/constraints.hpp"

namespace synthetics::api {

struct TagResourceRequest {
  std::string resource_arn;
  std::map<std::string, std::string> tags;
};
template <>
struct ShapeOf<TagResourceRequest> {
  static constexpr std::array kFields{
      Label<&TagResourceRequest::resource_arn>("resourceArn", kTaggedArn),
      Required<&TagResourceRequest::tags>("Tags", kTags),
  };
};

struct UntagResourceRequest {
  std::string resource_arn;
  std::vector<std::string> tag_keys;
};
template <>
struct ShapeOf<UntagResourceRequest> {
  static constexpr std::array kFields{
      Label<&UntagResourceRequest::resource_arn>("resourceArn", kTaggedArn),
      RequiredQuery<&UntagResourceRequest::tag_keys>("tagKeys", kTagKeys),
  };
};

struct ListTagsForResourceRequest {
  std::string resource_arn;
};
template <>
struct ShapeOf<ListTagsForResourceRequest> {
  static constexpr std::array kFields{
      Label<&ListTagsForResourceRequest::resource_arn>("resourceArn", kTaggedArn),
  };
};

struct ListTagsForResourceResponse {
  std::map<std::string, std::string> tags;
};
template <>
struct ShapeOf<ListTagsForResourceResponse> {
  static constexpr std::array kFields{
      Required<&ListTagsForResourceResponse::tags>("Tags"),
  };
};

}  // namespace synthetics::api
