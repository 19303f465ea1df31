#include "api/iam/policy.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace synthetics::api::iam {
namespace {

constexpr std::string_view kOldVersion = "2008-10-17";
constexpr std::string_view kVersion = "2012-10-17";

constexpr std::array<std::string_view, 3> kMembersOfPolicy{"Version", "Id", "Statement"};
constexpr std::array<std::string_view, 7> kMembersOfStatement{
    "Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"};

bool IsAlphanumeric(char letter) {
  return (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= 'a' && letter <= 'z');
}

// Where something stands in the document, for messages.
class Place {
 public:
  Place() = default;

  Place operator/(std::string_view member) const {
    return Place(text_.empty() ? std::string(member) : text_ + "." + std::string(member));
  }
  Place operator[](std::size_t index) const {
    return Place(text_ + "[" + std::to_string(index) + "]");
  }
  const std::string& text() const { return text_; }

 private:
  explicit Place(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

// Reads a document from its top. What is wrong first is kept, and what is read after that does not
// matter.
class Reader {
 public:
  Result<Policy> Read(const Json& document) {
    Policy policy = ReadDocument(document);
    if (refusal_) return *std::move(refusal_);
    return policy;
  }

 private:
  void Refuse(const Place& place, std::string_view why) {
    if (refusal_) return;
    const std::string where = place.text().empty() ? "" : place.text() + ": ";
    refusal_ = ApiError{ErrorKind::kInvalid, where + std::string(why)};
  }

  Policy ReadDocument(const Json& document) {
    const Place top;
    if (!CheckMembers(document, kMembersOfPolicy, top)) return {};
    ReadVersion(document);
    if (const Json* const id = FindMember(document, "Id")) ReadText(*id, top / "Id");
    const Json* const statements = FindMember(document, "Statement");
    if (statements == nullptr) Refuse(top, "there is no Statement");
    if (refusal_) return {};
    Policy policy;
    ForEach(*statements, top / "Statement", [&](const Json& statement, const Place& place) {
      policy.statements.push_back(ReadStatement(statement, place));
    });
    CheckSids(policy);
    return policy;
  }

  void ReadVersion(const Json& document) {
    const Json* const version = FindMember(document, "Version");
    if (version == nullptr) return;
    const Place place = Place() / "Version";
    const std::string_view text = ReadText(*version, place);
    if (text != kVersion && text != kOldVersion) Refuse(place, "it is 2012-10-17 or 2008-10-17");
    has_variables_ = text == kVersion;
  }

  Statement ReadStatement(const Json& json, const Place& place) {
    Statement statement;
    statement.label = place.text();
    if (!CheckMembers(json, kMembersOfStatement, place)) return statement;
    if (const Json* const sid = FindMember(json, "Sid")) ReadSid(*sid, place / "Sid", statement);
    statement.effect = ReadEffect(json, place);
    statement.actions = ReadSelection<Pattern>(
        json, "Action", "NotAction", place,
        [this](std::string_view text, const Place& at) { return ReadAction(text, at); });
    statement.resources = ReadSelection<Template>(
        json, "Resource", "NotResource", place,
        [this](std::string_view text, const Place& at) { return ReadResource(text, at); });
    if (const Json* const conditions = FindMember(json, "Condition")) {
      statement.conditions = ReadConditions(*conditions, place / "Condition");
    }
    return statement;
  }

  // IAM takes an empty Sid for none.
  void ReadSid(const Json& json, const Place& place, Statement& statement) {
    const std::string_view sid = ReadText(json, place);
    if (!std::ranges::all_of(sid, IsAlphanumeric)) Refuse(place, "it has letters and digits only");
    if (!sid.empty()) statement.label = sid;
  }

  Effect ReadEffect(const Json& json, const Place& place) {
    const Json* const effect = FindMember(json, "Effect");
    if (effect == nullptr) {
      Refuse(place, "there is no Effect");
      return Effect::kDeny;
    }
    const std::string_view text = ReadText(*effect, place / "Effect");
    if (text != "Allow" && text != "Deny") Refuse(place / "Effect", "it is Allow or Deny");
    return text == "Allow" ? Effect::kAllow : Effect::kDeny;
  }

  template <class Item, class ReadItem>
  Selection<Item> ReadSelection(const Json& json, std::string_view name, std::string_view inverse,
                                const Place& place, const ReadItem& read_item) {
    const Json* const plain = FindMember(json, name);
    const Json* const inverted = FindMember(json, inverse);
    if ((plain == nullptr) == (inverted == nullptr)) {
      Refuse(place, "it has either " + std::string(name) + " or " + std::string(inverse));
      return {};
    }
    Selection<Item> selection{.items = {}, .is_inverted = plain == nullptr};
    ForEach(plain == nullptr ? *inverted : *plain, place / (plain == nullptr ? inverse : name),
            [&](const Json& item, const Place& at) {
              selection.items.push_back(read_item(ReadText(item, at), at));
            });
    return selection;
  }

  // `*`, or a service and an action.
  Pattern ReadAction(std::string_view text, const Place& place) {
    const std::size_t colon = text.find(':');
    const std::string_view service = text.substr(0, colon);
    const bool is_one = colon != std::string_view::npos && colon + 1 < text.size() &&
                        text.find(':', colon + 1) == std::string_view::npos;
    const bool is_service =
        service == "*" || (!service.empty() && std::ranges::all_of(service, [](char letter) {
          return IsAlphanumeric(letter) || letter == '-' || letter == '.';
        }));
    if (text != "*" && !(is_one && is_service)) {
      Refuse(place, "'" + std::string(text) + "' is neither * nor a service, a colon, an action");
    }
    Pattern pattern;
    pattern.Append(text, true);
    return pattern;
  }

  // `*`, or an ARN. Parts that are missing at its end are `*` (IAM guide, "IAM ARNs").
  Template ReadResource(std::string_view text, const Place& place) {
    constexpr std::ptrdiff_t kColons = 5;
    std::string arn(text);
    if (text != "*") {
      if (!text.starts_with("arn:")) {
        Refuse(place, "'" + arn + "' is neither * nor an ARN");
      } else if (has_variables_ && IsBeforeFifthColon(text, text.find("${"))) {
        Refuse(place, "a variable may only stand behind the fifth colon of '" + arn + "'");
      }
      while (std::ranges::count(arn, ':') < kColons) arn += ":*";
      if (ServiceOf(arn).find_first_of("*?") != std::string_view::npos) {
        Refuse(place, "the service of '" + std::string(text) + "' has a wildcard in it");
      }
    }
    return Take(ParseTemplate(arn, {.wildcards = true, .variables = has_variables_}), place);
  }

  static bool IsBeforeFifthColon(std::string_view text, std::size_t at) {
    return at != std::string_view::npos && std::ranges::count(text.substr(0, at), ':') < 5;
  }

  // The third of the parts.
  static std::string_view ServiceOf(std::string_view arn) {
    for (int part = 0; part < 2; ++part) arn.remove_prefix(arn.find(':') + 1);
    return arn.substr(0, arn.find(':'));
  }

  std::vector<Condition> ReadConditions(const Json& json, const Place& place) {
    std::vector<Condition> conditions;
    ForEachMember(json, place, [&](std::string_view name, const Json& keys) {
      const auto condition = ParseOperator(name);
      if (!condition) {
        Refuse(place, "'" + std::string(name) + "' is no operator");
        return;
      }
      ForEachMember(keys, place / name, [&](std::string_view key, const Json& values) {
        conditions.push_back(ReadCondition(*condition, key, values, place / name / key));
      });
    });
    return conditions;
  }

  Condition ReadCondition(Condition condition, std::string_view key, const Json& values,
                          const Place& place) {
    const std::size_t colon = key.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon + 1 == key.size()) {
      Refuse(place, "a key has a service, a colon and a name");
    }
    condition.key = key;
    const auto read = [&](const Json& value, const Place& at) {
      if (!value.IsString() && !value.IsNumber() && !value.IsBool()) {
        return Refuse(at, "it is a string, a number, a Boolean or a list of them");
      }
      condition.values.push_back(
          Take(ParseConditionValue(*condition.rule, Display(value), has_variables_), at));
    };
    // Unlike other lists, this may be empty: nothing matches it.
    if (values.IsArray() && values.Empty()) return condition;
    ForEach(values, place, read);
    return condition;
  }

  // One that stands there twice would be told from the other only by where it stands.
  void CheckSids(const Policy& policy) {
    std::set<std::string_view> labels;
    for (const Statement& statement : policy.statements) {
      if (!labels.insert(statement.label).second) {
        Refuse(Place() / "Statement", "two have the Sid '" + statement.label + "'");
      }
    }
  }

  template <class Names>
  bool CheckMembers(const Json& json, const Names& names, const Place& place) {
    ForEachMember(json, place, [&](std::string_view name, const Json& /*value*/) {
      if (name == "Principal" || name == "NotPrincipal") {
        Refuse(place, "an identity policy has no " + std::string(name));
      } else if (std::ranges::find(names, name) == names.end()) {
        Refuse(place, "'" + std::string(name) + "' is no member of it");
      }
    });
    return !refusal_;
  }

  template <class Function>
  void ForEachMember(const Json& json, const Place& place, const Function& function) {
    if (!json.IsObject()) return Refuse(place, "it is not an object");
    for (const auto& member : json.GetObject()) function(Text(member.name), member.value);
  }

  // Of a list, or of what stands there alone instead.
  template <class Function>
  void ForEach(const Json& json, const Place& place, const Function& function) {
    if (!json.IsArray()) return function(json, place);
    if (json.Empty()) Refuse(place, "the list is empty");
    std::size_t index = 0;
    for (const Json& item : json.GetArray()) function(item, place[index++]);
  }

  std::string_view ReadText(const Json& json, const Place& place) {
    if (json.IsString()) return Text(json);
    Refuse(place, "it is not a string");
    return {};
  }

  Template Take(boost::system::result<Template, TemplateError> parsed, const Place& place) {
    if (parsed) return *std::move(parsed);
    Refuse(place, parsed.error().message);
    return {};
  }

  bool has_variables_ = false;
  Refusal refusal_;
};

}  // namespace

Result<Policy> ReadPolicy(const Json& document) { return Reader().Read(document); }

Result<Policy> ParsePolicy(std::string_view json) {
  const auto document = ParseJson(json);
  if (!document) return ApiError{ErrorKind::kInvalid, document.error().message};
  return ReadPolicy(*document);
}

}  // namespace synthetics::api::iam
