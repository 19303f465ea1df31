// Who may sign requests: the file of `--credentials`.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/codec.hpp"
#include "api/iam/policy.hpp"

namespace synthetics::api {

struct Principal {
  std::string access_key_id;
  std::string secret_access_key;
  std::optional<std::string> session_token = {};
  std::optional<std::string> account = {};
  std::optional<std::string> user_name = {};
  std::optional<std::string> arn = {};
  std::optional<std::map<std::string, std::string>> tags = {};
  std::vector<JsonText> policies = {};              // IAM policy documents, until they are read
  std::vector<iam::Policy> identity_policies = {};  // and then
};

using Principals = std::vector<Principal>;

// Null where nobody has that access key.
const Principal* FindPrincipal(const Principals& principals, std::string_view access_key_id);

// Reads `{"principals":[{"accessKeyId":…,"secretAccessKey":…,"sessionToken":…,"account":…,
// "userName":…,"arn":…,"tags":{…},"policies":[{…}]}]}`, of which only the first two have to be
// there. Invalid for anything else, unknown members and access keys that stand twice included; the
// message names principal and member, and has no secret in it.
Result<Principals> ParseCredentials(std::string_view json);

}  // namespace synthetics::api
