// What a request asks for, in IAM's terms.
#pragma once

#include <string>
#include <vector>

#include "api/auth/credentials.hpp"
#include "api/context.hpp"
#include "api/http.hpp"
#include "api/iam/actions.hpp"
#include "api/iam/request_context.hpp"
#include "api/operation.hpp"

namespace synthetics::api {

// A request whose signer is known.
struct Asked {
  const Principal& principal;
  const Operation& operation;
  const Call& call;
  const Request& request;
  Context& context;  // has the resources and their tags
};

struct Asking {
  iam::RequestContext context;
  std::vector<std::string> names;  // of DescribeCanaries and DescribeCanariesLastRun
};

Asking AskingOf(const Asked& asked, const iam::Action& action);

// The principal's ARN, that of a user where the credentials file has none.
std::string PrincipalArn(const Principal& principal, const state::Scope& scope);

}  // namespace synthetics::api
