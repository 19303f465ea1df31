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
    WriteList(writer, "Resource", resources);
    writer.EndObject();
  }
  writer.EndArray();
  writer.EndObject();
  return writer.Take();
}

}  // namespace synthetics::api::iam
