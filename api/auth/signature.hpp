// AWS Signature Version 4, verified: whoever has the secret of an access key has sent this request,
// as it is and now.
#pragma once

#include "api/auth/credentials.hpp"
#include "api/error.hpp"
#include "api/http.hpp"
#include "api/target.hpp"
#include "state/instant.hpp"

namespace synthetics::api {

// Who has signed, and the scope that was signed for, as `ScopeOf` takes it.
struct Signer {
  const Principal* principal;
  std::string_view credential;  // of the request
};

// The signature in the header `Authorization` or, of a presigned request, in the query. The request
// needs all its headers. `now` is the host's time, since that is what clients sign, and not the
// emulator's. Refused in AWS's words, in the order in which AWS looks (recorded from DynamoDB):
// what is not there or cannot be read, the time, the credential scope, the access key, the
// signature and the session token.
Result<Signer> VerifySignature(const Request& request, const Target& target,
                               const Principals& principals, state::Instant now);

}  // namespace synthetics::api
