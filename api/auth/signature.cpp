#include "api/auth/signature.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <boost/algorithm/string/replace.hpp>

#include "api/auth/canonical.hpp"
#include "api/auth/hmac.hpp"
#include "api/credential.hpp"
#include "api/letters.hpp"
#include "api/percent.hpp"

namespace synthetics::api {
namespace {

using enum ErrorKind;

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";
constexpr std::string_view kTerminator = "aws4_request";
constexpr std::string_view kService = "synthetics";
constexpr std::chrono::minutes kSkew{5};
constexpr std::int64_t kLongestExpiry = 604'800;  // seconds

// What a request says of its signature. All views are into the request or its target.
struct Claim {
  bool is_presigned = false;
  std::string_view algorithm;
  std::string_view credential;
  std::string_view signed_headers;
  std::string_view signature;
  std::string_view date;
  std::string_view date_header;  // that it is from; empty of a presigned request
  std::string_view expires;
  std::string_view token;
};

struct Part {
  std::string_view name;
  std::string_view Claim::*member;
};

constexpr std::array kPartsOfHeader{
    Part{"Credential", &Claim::credential},
    Part{"Signature", &Claim::signature},
    Part{"SignedHeaders", &Claim::signed_headers},
};
constexpr std::array kPartsOfQuery{
    Part{"X-Amz-Algorithm", &Claim::algorithm}, Part{"X-Amz-Credential", &Claim::credential},
    Part{"X-Amz-Signature", &Claim::signature}, Part{"X-Amz-SignedHeaders", &Claim::signed_headers},
    Part{"X-Amz-Date", &Claim::date},
};

ApiError Invalid(std::string message, std::string explain) {
  explain.append("; nothing was changed.");
  return {kBadSignature, std::move(message), std::move(explain)};
}

std::string_view HeaderValue(const Request& request, std::string_view name) {
  const auto found = std::ranges::find_if(
      request.headers, [&](const Header& header) { return EqualsIgnoringCase(header.name, name); });
  return found == request.headers.end() ? std::string_view{} : found->value;
}

void ReadParameters(std::string_view parameters, Claim& claim) {
  while (!parameters.empty()) {
    const std::string_view parameter = parameters.substr(0, parameters.find_first_of(" ,"));
    parameters.remove_prefix(std::min(parameter.size() + 1, parameters.size()));
    const std::size_t equals = parameter.find('=');
    for (const auto& [name, member] : kPartsOfHeader) {
      if (parameter.substr(0, equals) == name && equals != std::string_view::npos) {
        claim.*member = parameter.substr(equals + 1);
      }
    }
  }
}

Claim ReadHeader(const Request& request) {
  Claim claim;
  claim.algorithm = request.authorization.substr(0, request.authorization.find(' '));
  ReadParameters(request.authorization.substr(claim.algorithm.size()), claim);
  for (const std::string_view name : {"x-amz-date", "date"}) {
    if (!claim.date.empty()) continue;
    claim.date = HeaderValue(request, name);
    claim.date_header = name;
  }
  claim.token = HeaderValue(request, "x-amz-security-token");
  return claim;
}

Claim ReadQuery(const Target& target) {
  Claim claim;
  claim.is_presigned = true;
  for (const auto& [name, member] : kPartsOfQuery) claim.*member = QueryValue(target, name);
  claim.expires = QueryValue(target, "X-Amz-Expires");
  claim.token = QueryValue(target, "X-Amz-Security-Token");
  return claim;
}

Result<Claim> ReadClaim(const Request& request, const Target& target) {
  const bool is_signed = request.authorization.starts_with("AWS4-");
  const bool is_presigned = std::ranges::any_of(kPartsOfQuery, [&](const Part& part) {
    return part.member != &Claim::date && !QueryValue(target, part.name).empty();
  });
  if (is_signed && is_presigned) {
    return Invalid(
        "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as "
        "HTTP header.",
        "A request is signed in its header or in its query");
  }
  if (is_signed) return ReadHeader(request);
  if (is_presigned) return ReadQuery(target);
  return ApiError{kNoSignature, "Missing Authentication Token"};
}

Refusal RefuseMissing(const Claim& claim) {
  const std::span<const Part> parts =
      claim.is_presigned ? std::span<const Part>(kPartsOfQuery) : kPartsOfHeader;
  const std::string_view beginning = claim.is_presigned
                                         ? "AWS query-string parameters must include '"
                                         : "Authorization header requires '";
  const std::string_view end = claim.is_presigned ? "'. " : "' parameter. ";
  std::string message;
  for (const auto& [name, member] : parts) {
    if ((claim.*member).empty()) message.append(beginning).append(name).append(end);
  }
  if (!claim.is_presigned && claim.date.empty()) {
    message.append(
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' "
        "header. ");
  }
  if (message.empty()) return {};
  if (claim.is_presigned) message.append("Re-examine the query-string parameters. ");
  message.pop_back();
  return ApiError{kUnsigned, message, "A part of the signature is not there; nothing was changed."};
}

// `20260101T000000Z`.
std::string Basic(state::Instant instant) {
  std::string text = state::ToIso(std::chrono::floor<std::chrono::seconds>(instant));
  std::erase_if(text, [](char character) { return character == '-' || character == ':'; });
  return text;
}

std::optional<state::Instant> ParseBasic(std::string_view text) {
  if (text.size() != 16) return {};
  std::string iso(text);
  for (const std::size_t at : {4U, 7U}) iso.insert(at, "-");
  for (const std::size_t at : {13U, 16U}) iso.insert(at, ":");
  const auto instant = state::ParseIso(iso);
  // Nothing else may be read as the same.
  return instant && Basic(*instant) == text ? instant : std::nullopt;
}

// `Thu, 01 Jan 2026 00:00:00 GMT`, as a header `Date` has it; or `-0000`, as botocore writes it.
std::optional<state::Instant> ParseHttpDate(std::string_view text) {
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (text.size() < 29 || (text.substr(26) != "GMT" && text.substr(26) != "-0000")) return {};
  const std::size_t month = kMonths.find(text.substr(8, 3));
  if (month == std::string_view::npos || month % 3 != 0) return {};
  const std::string number = std::to_string(101 + month / 3).substr(1);
  return state::ParseIso(std::string(text.substr(12, 4)) + "-" + number + "-" +
                         std::string(text.substr(5, 2)) + "T" + std::string(text.substr(17, 8)) +
                         "Z");
}

Result<state::Instant> ReadDate(const Claim& claim) {
  auto date = ParseBasic(claim.date);
  if (!date && claim.date_header == "date") date = ParseHttpDate(claim.date);
  if (date) return *date;
  return ApiError{kUnsigned,
                  "Date must be in ISO-8601 'basic format'. Got '" + std::string(claim.date) +
                      "'. See http://en.wikipedia.org/wiki/ISO_8601",
                  "A date is 20260101T000000Z; nothing was changed."};
}

constexpr std::string_view kHostTime =
    "The time is that of the host, not of the emulator's clock, and may be five minutes off";

Refusal RefuseEarly(state::Instant date, state::Instant now) {
  if (date <= now + kSkew) return {};
  return Invalid("Signature not yet current: " + Basic(date) + " is still later than " +
                     Basic(now + kSkew) + " (" + Basic(now) + " + 5 min.)",
                 std::string(kHostTime));
}

Refusal RefuseLate(const Claim& claim, state::Instant date, state::Instant now) {
  if (!claim.is_presigned) {
    if (date >= now - kSkew) return {};
    return Invalid("Signature expired: " + Basic(date) + " is now earlier than " +
                       Basic(now - kSkew) + " (" + Basic(now) + " - 5 min.)",
                   std::string(kHostTime));
  }
  std::int64_t seconds = 0;
  const char* const end = claim.expires.data() + claim.expires.size();
  const auto [rest, error] = std::from_chars(claim.expires.data(), end, seconds);
  if (error != std::errc{} || rest != end || seconds < 1 || seconds > kLongestExpiry) {
    return ApiError{kUnsigned,
                    "X-Amz-Expires must be a number of seconds from 1 to 604800, got '" +
                        std::string(claim.expires) + "'",
                    "A presigned request says for how long it is good; nothing was changed."};
  }
  if (now <= date + std::chrono::seconds{seconds}) return {};
  return ApiError{kExpired, "Request has expired.",
                  "It was good from " + Basic(date) + " on for " + std::to_string(seconds) +
                      " seconds, and by the host's time it is " + Basic(now) +
                      "; nothing was changed."};
}

// A signature without them could be taken to another host, or to another time.
Refusal RefuseUnsignedHeaders(const Claim& claim, const HeaderNames& names) {
  const std::string_view end = " must be a 'SignedHeader' in the AWS Authorization.";
  const std::string_view explain = "Host and date have to be signed";
  if (!names.contains("host")) {
    return Invalid("'Host' or ':authority'" + std::string(end), std::string(explain));
  }
  if (claim.is_presigned || names.contains(std::string(claim.date_header))) return {};
  return Invalid("'" + std::string(claim.date_header) + "'" + std::string(end),
                 std::string(explain));
}

Result<Credential> ReadCredential(const Claim& claim) {
  if (claim.algorithm != kAlgorithm) {
    return ApiError{kUnsigned,
                    "Unsupported AWS 'algorithm': '" + std::string(claim.algorithm) +
                        "' (only AWS4-HMAC-SHA256 for now).",
                    "Requests are signed with AWS4-HMAC-SHA256; nothing was changed."};
  }
  if (const auto credential = ParseCredential(claim.credential)) return *credential;
  return ApiError{kUnsigned,
                  "Credential must have exactly 5 slash-delimited elements, e.g. "
                  "keyid/date/region/service/term, got '" +
                      std::string(claim.credential) + "'"};
}

// The emulator is in every region.
Refusal RefuseScope(const Credential& credential, const std::string& date) {
  std::string message;
  const auto add = [&](std::string_view sentence, std::string_view value) {
    message.append(sentence).append(value).append("'. ");
  };
  if (!IsRegion(credential.region)) {
    add("Credential should be scoped to a valid region, not '", credential.region);
  }
  if (credential.service != kService) {
    add("Credential should be scoped to correct service: '", kService);
  }
  if (credential.terminator != kTerminator) {
    add("Credential should be scoped with a valid terminator: 'aws4_request', not '",
        credential.terminator);
  }
  if (const std::string day = date.substr(0, 8); credential.date != day) {
    add("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from "
        "HTTP: '",
        std::string(credential.date) + "' != '" + day + "', from '" + date);
  }
  if (message.empty()) return {};
  message.pop_back();
  return Invalid(message,
                 "A credential scope is <access key>/<date>/<region>/synthetics/aws4_request");
}

std::string StringToSign(const Credential& credential, const std::string& date,
                         std::string_view canonical) {
  std::string text(kAlgorithm);
  text.append("\n").append(date).append("\n");
  for (const std::string_view part : {credential.date, credential.region, credential.service}) {
    text.append(part).append("/");
  }
  return text.append(kTerminator).append("\n").append(Hex(Sha256(canonical)));
}

std::string SignatureOf(const std::string& secret, const Credential& credential,
                        std::string_view string_to_sign) {
  std::string key = "AWS4" + secret;
  for (const std::string_view part :
       {credential.date, credential.region, credential.service, kTerminator, string_to_sign}) {
    key = Hmac(key, part);
  }
  return Hex(key);
}

// A session token is not for the journal, which everybody can read, and one that is sent where it
// does not count is one all the same.
std::string WithoutTokens(std::string text, const Request& request, const Target& target) {
  for (const std::string_view token :
       {HeaderValue(request, "x-amz-security-token"), QueryValue(target, "X-Amz-Security-Token")}) {
    if (token.empty()) continue;
    boost::replace_all(text, std::string(token), "***");
    boost::replace_all(text, EncodePercent(token), "***");
  }
  return text;
}

Refusal RefuseSignature(const Request& request, const Target& target, const Claim& claim,
                        const Credential& credential, const std::string& date,
                        const std::string& secret) {
  const std::string canonical =
      CanonicalRequest(request, target, ParseHeaderNames(claim.signed_headers));
  const std::string string_to_sign = StringToSign(credential, date, canonical);
  const std::string_view hash = HeaderValue(request, "x-amz-content-sha256");
  const bool is_hash_good = hash.empty() || canonical.ends_with("\n" + std::string(hash));
  if (is_hash_good &&
      IsSameSecret(SignatureOf(secret, credential, string_to_sign), claim.signature)) {
    return {};
  }
  return Invalid(
      "The request signature we calculated does not match the signature you provided. Check your "
      "AWS Secret Access Key and signing method. Consult the service documentation for "
      "details.\n\nThe Canonical String for this request should have been\n'" +
          WithoutTokens(canonical, request, target) +
          "'\n\nThe String-to-Sign should have been\n'" + string_to_sign + "'\n",
      is_hash_good ? "The secret is another one, or the request is not the one that was signed"
                   : "x-amz-content-sha256 is not the SHA-256 of the body, which has to be signed");
}

}  // namespace

Result<Signer> VerifySignature(const Request& request, const Target& target,
                               const Principals& principals, state::Instant now) {
  const auto claim = ReadClaim(request, target);
  if (!claim) return claim.error();
  if (auto refusal = RefuseMissing(*claim)) return *refusal;
  const auto date = ReadDate(*claim);
  if (!date) return date.error();
  if (auto refusal = RefuseEarly(*date, now)) return *refusal;
  if (auto refusal = RefuseLate(*claim, *date, now)) return *refusal;
  if (auto refusal = RefuseUnsignedHeaders(*claim, ParseHeaderNames(claim->signed_headers))) {
    return *refusal;
  }
  const auto credential = ReadCredential(*claim);
  if (!credential) return credential.error();
  const std::string stamp = Basic(*date);
  if (auto refusal = RefuseScope(*credential, stamp)) return *refusal;
  const Principal* const principal = FindPrincipal(principals, credential->access_key_id);
  const ApiError unknown{kUnknownClient, "The security token included in the request is invalid."};
  if (principal == nullptr) return unknown;
  if (auto refusal = RefuseSignature(request, target, *claim, *credential, stamp,
                                     principal->secret_access_key)) {
    return *refusal;
  }
  if (!IsSameSecret(principal->session_token.value_or(""), claim->token)) return unknown;
  return Signer{principal, claim->credential};
}

}  // namespace synthetics::api
