#include "api/auth/credentials.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace synthetics::api {
namespace {

// What can stand between the slashes of a credential scope.
constexpr Constraint kAccessKeyId{.min = 1, .max = 128, .pattern = R"(^\w+$)"};
constexpr Constraint kSecret{.min = 1, .is_secret = true};
constexpr Constraint kAccountId{.pattern = "[0-9]{12}"};
constexpr Constraint kName{.min = 1, .max = 64, .pattern = R"(^[\w+=,.@-]+$)"};
constexpr Constraint kPrincipalArn{.min = 20, .max = 2048, .pattern = "^arn:.+$"};

struct File {
  Principals principals;
};

// Whatever stands where a principal should may have its secret in it.
constexpr Constraint kHidden{.is_secret = true};
constexpr Constraint kPrincipals{.min = 1, .element = &kHidden, .is_secret = true};

}  // namespace

template <>
struct ShapeOf<Principal> {
  static constexpr std::array kFields{
      Required<&Principal::access_key_id>("accessKeyId", kAccessKeyId),
      Required<&Principal::secret_access_key>("secretAccessKey", kSecret),
      Optional<&Principal::session_token>("sessionToken", kSecret),
      Optional<&Principal::account>("account", kAccountId),
      Optional<&Principal::user_name>("userName", kName),
      Optional<&Principal::arn>("arn", kPrincipalArn),
      Optional<&Principal::tags>("tags"),
      Optional<&Principal::policies>("policies"),
  };
};
template <>
struct ShapeOf<File> {
  static constexpr std::array kFields{Required<&File::principals>("principals", kPrincipals)};
};

namespace {

std::optional<ApiError> RefusePrincipals(const Principals& principals) {
  std::set<std::string_view> keys;
  for (std::size_t index = 0; index < principals.size(); ++index) {
    const Principal& principal = principals[index];
    const std::string place = "'principals." + std::to_string(index + 1) + ".member.";
    if (!keys.insert(principal.access_key_id).second) {
      return ApiError{ErrorKind::kInvalid,
                      place + "accessKeyId': two principals have " + principal.access_key_id};
    }
  }
  return {};
}

std::optional<ApiError> ReadPolicies(Principals& principals) {
  for (std::size_t index = 0; index < principals.size(); ++index) {
    Principal& principal = principals[index];
    for (const JsonText& document : std::exchange(principal.policies, {})) {
      auto policy = iam::ParsePolicy(document.text);
      if (!policy) {
        const std::size_t number = principal.identity_policies.size() + 1;
        return ApiError{ErrorKind::kInvalid, "'principals." + std::to_string(index + 1) +
                                                 ".member.policies." + std::to_string(number) +
                                                 ".member': " + policy.error().message};
      }
      principal.identity_policies.push_back(*std::move(policy));
    }
  }
  return {};
}

}  // namespace

const Principal* FindPrincipal(const Principals& principals, std::string_view access_key_id) {
  const auto found = std::ranges::find(principals, access_key_id, &Principal::access_key_id);
  return found == principals.end() ? nullptr : &*found;
}

Result<Principals> ParseCredentials(std::string_view json) {
  File file;
  if (auto refusal = DecodeRequest(FieldsOf<File>(), &file, {}, json, UnknownMembers::kRefused)) {
    return *std::move(refusal);
  }
  if (auto refusal = RefusePrincipals(file.principals)) return *std::move(refusal);
  if (auto refusal = ReadPolicies(file.principals)) return *std::move(refusal);
  return std::move(file.principals);
}

}  // namespace synthetics::api
