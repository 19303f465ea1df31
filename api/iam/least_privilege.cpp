#include "api/iam/least_privilege.hpp"

#include <map>

#include "api/json_writer.hpp"

namespace synthetics::api::iam {
namespace {

using Names = std::set<std::string>;

// The actions on each set of resources.
std::map<Names, Names> Group(const std::set<UsedAction>& used) {
  std::map<std::string, Names> resources_of;
  for (const auto& [action, resource] : used) resources_of[action].insert(resource);
  std::map<Names, Names> actions_on;
  for (const auto& [action, resources] : resources_of) actions_on[resources].insert(action);
  return actions_on;
}

// What is no wildcard in a resource's name is none in the policy.
std::string AsPattern(const std::string& resource) {
  if (resource == "*") return resource;
  std::string pattern;
  for (const char character : resource) {
    const bool is_special = character == '*' || character == '?' || character == '$';
    if (is_special) pattern.append("${");
    pattern.push_back(character);
    if (is_special) pattern.push_back('}');
  }
  return pattern;
}

Names AsPatterns(const Names& resources) {
  Names patterns;
  for (const std::string& resource : resources) patterns.insert(AsPattern(resource));
  return patterns;
}

void WriteList(JsonWriter& writer, std::string_view name, const Names& names) {
  writer.Key(name);
  writer.BeginArray();
  for (const std::string& each : names) writer.String(each);
  writer.EndArray();
}

}  // namespace

std::string LeastPrivilege(const std::set<UsedAction>& used) {
  JsonWriter writer;
  writer.BeginObject();
  writer.Key("Version");
  writer.String("2012-10-17");
  writer.Key("Statement");
  writer.BeginArray();
  for (const auto& [resources, actions] : Group(used)) {
    writer.BeginObject();
    writer.Key("Effect");
    writer.String("Allow");
    WriteList(writer, "Action", actions);
    WriteList(writer, "Resource", AsPatterns(resources));
    writer.EndObject();
  }
  writer.EndArray();
  writer.EndObject();
  return writer.Take();
}

}  // namespace synthetics::api::iam
