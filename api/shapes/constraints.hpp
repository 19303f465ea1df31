// The named constraints of the service model, as it writes them.
#pragma once

#include <array>
#include <string_view>

#include "api/shape.hpp"
#include "state/canary.hpp"

namespace synthetics::api {

inline constexpr auto kBrowserTypes = NamesOf(state::kBrowserNames);
inline constexpr std::array<std::string_view, 1> kDependencyTypes{"LambdaLayer"};
inline constexpr std::array<std::string_view, 2> kEncryptionModes{"SSE_S3", "SSE_KMS"};
inline constexpr std::array<std::string_view, 2> kCleanupSettings{"AUTOMATIC", "OFF"};
inline constexpr std::array<std::string_view, 1> kResourcesToTag{"lambda-function"};
inline constexpr std::array<std::string_view, 2> kRunTypes{"CANARY_RUN", "DRY_RUN"};

inline constexpr Constraint kCanaryName{.min = 1, .max = 255, .pattern = R"(^[0-9a-z_\-]+$)"};
inline constexpr Constraint kText{.min = 1, .max = 1024};
inline constexpr Constraint kUuid{
    .pattern = "^[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$"};
inline constexpr Constraint kToken{.min = 4, .max = 252};
inline constexpr Constraint kRoleArn{
    .min = 1,
    .max = 2048,
    .pattern = R"(arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+)"};
inline constexpr Constraint kKmsKeyArn{
    .min = 1,
    .max = 2048,
    .pattern =
        R"(arn:(aws[a-zA-Z-]*)?:kms:[a-z]{2,4}(-[a-z]{2,4})?-[a-z]+-\d{1}:\d{12}:key/[\w\-\/]+)"};

// Accepted without an account too: Terraform leaves it out where it does not ask for the caller's.
inline constexpr Constraint kTaggedArn{
    .min = 1,
    .max = 2048,
    .pattern =
        R"(arn:(aws[a-zA-Z-]*)?:synthetics:[a-z]{2,4}(-[a-z]{2,4})?-[a-z]+-\d{1}:\d{12}:(canary|group):[0-9a-z_\-]+)",
    .accepted =
        R"(arn:(aws[a-zA-Z-]*)?:synthetics:[a-z]{2,4}(-[a-z]{2,4})?-[a-z]+-\d{1}:(\d{12})?:(canary|group):[0-9a-z_\-]+)"};
inline constexpr Constraint kCanaryArn{
    .min = 1,
    .max = 2048,
    .pattern =
        R"(arn:(aws[a-zA-Z-]*)?:synthetics:[a-z]{2,4}(-[a-z]{2,4})?-[a-z]+-\d{1}:\d{12}:canary:[0-9a-z_\-]{1,255})",
    .accepted =
        R"(arn:(aws[a-zA-Z-]*)?:synthetics:[a-z]{2,4}(-[a-z]{2,4})?-[a-z]+-\d{1}:(\d{12})?:canary:[0-9a-z_\-]{1,255})"};

// Accepted with spaces too, which CloudFormation's own schema allows.
inline constexpr Constraint kTagKey{.min = 1,
                                    .max = 128,
                                    .pattern = "^(?!aws:)[a-zA-Z+-=._:/]+$",
                                    .accepted = "^(?!aws:)[a-zA-Z+-=._:/ ]+$"};
inline constexpr Constraint kTagValue{.max = 256};
inline constexpr Constraint kTags{.min = 1, .max = 50, .element = &kTagValue, .key = &kTagKey};
inline constexpr Constraint kTagKeys{.min = 1, .max = 50, .element = &kTagKey};

inline constexpr Constraint kHandler{
    .min = 0,
    .max = 128,
    .pattern = R"(^(([0-9a-zA-Z_-]+(\/|\.))*[0-9A-Za-z_\\-]+(\.|::)[A-Za-z_][A-Za-z0-9_]*)?$)"};
inline constexpr Constraint kZipFile{
    .min = 1, .max = 10'000'000, .is_secret = true, .is_entity = true};
inline constexpr Constraint kBlueprintType{.min = 1, .max = 128, .pattern = R"([0-9a-zA-Z_\-\.]+)"};
inline constexpr Constraint kBlueprintTypes{.min = 0, .max = 1, .element = &kBlueprintType};
inline constexpr Constraint kDependencies{.min = 0, .max = 1};
inline constexpr Constraint kDependencyType{.values = kDependencyTypes};

inline constexpr Constraint kScheduleDuration{.min = 0, .max = 31'622'400};
inline constexpr Constraint kMaxRetries{.min = 0, .max = 2};
inline constexpr Constraint kTimeout{
    .min = 3,
    .max = 840,
    .sentence = "Run timeout cannot be less than 3 seconds or greater than 840 seconds"};
inline constexpr Constraint kMemory{.min = 960, .max = 3008};
inline constexpr Constraint kEphemeralStorage{.min = 1024, .max = 10'240};
inline constexpr Constraint kVariableName{.pattern = "[a-zA-Z]([a-zA-Z0-9_])+"};
inline constexpr Constraint kVariableValue{.is_secret = true};
inline constexpr Constraint kVariables{
    .element = &kVariableValue, .key = &kVariableName, .is_secret = true};
inline constexpr Constraint kRetentionDays{.min = 1, .max = 1024};
inline constexpr Constraint kSubnetIds{.min = 0, .max = 16};
inline constexpr Constraint kSecurityGroupIds{.min = 0, .max = 5};
inline constexpr Constraint kResourceToTag{.values = kResourcesToTag};
inline constexpr Constraint kResourceList{.min = 1, .max = 1, .element = &kResourceToTag};
inline constexpr Constraint kCleanup{.values = kCleanupSettings};
inline constexpr Constraint kBrowserType{.values = kBrowserTypes};
inline constexpr Constraint kBrowserConfigs{.min = 1, .max = 2};
inline constexpr Constraint kEncryptionMode{.values = kEncryptionModes};
inline constexpr Constraint kIgnoreCoordinate{
    .pattern = R"(^(-?\d{1,5}\.?\d{0,2},){3}(-?\d{1,5}\.?\d{0,2}){1}$)"};
inline constexpr Constraint kIgnoreCoordinates{.min = 0, .max = 20, .element = &kIgnoreCoordinate};
inline constexpr Constraint kVisualReferences{.min = 1, .max = 2};

inline constexpr Constraint kNames{.min = 1, .max = 5, .element = &kCanaryName};
inline constexpr Constraint kPageOfCanaries{.min = 1, .max = 20};
inline constexpr Constraint kPageOfRows{.min = 1, .max = 100};
inline constexpr Constraint kRunType{.values = kRunTypes};

inline constexpr Constraint kGroupName{.min = 1, .max = 64};
inline constexpr Constraint kGroupIdentifier{.min = 1, .max = 128};
inline constexpr Constraint kPaginationToken{.min = 1, .max = 512, .pattern = "^.+$"};
inline constexpr Constraint kPageOfGroups{.min = 1, .max = 20};

}  // namespace synthetics::api
