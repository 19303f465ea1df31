// Identity policies: IAM's JSON documents, as values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/error.hpp"
#include "api/iam/conditions.hpp"
#include "api/json.hpp"

namespace synthetics::api::iam {

enum class Effect { kAllow, kDeny };

// What a statement is about: what is in the list, or (`NotAction`, `NotResource`) all else.
template <class Item>
struct Selection {
  std::vector<Item> items;
  bool is_inverted = false;
};

struct Statement {
  std::string label;  // its Sid, or where it stands: `Statement[1]`
  Effect effect = Effect::kDeny;
  Selection<Pattern> actions;
  Selection<Template> resources;
  std::vector<Condition> conditions;
};

struct Policy {
  std::vector<Statement> statements;
};

// Reads a document as IAM's grammar has it, and refuses what IAM refuses, and values that their
// condition's operator could never match. Invalid, with the place: `Statement[1].Effect: …`.
Result<Policy> ReadPolicy(const Json& document);
Result<Policy> ParsePolicy(std::string_view json);

}  // namespace synthetics::api::iam
