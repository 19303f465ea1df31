#include "state/engine/code.hpp"

#include "state/runtimes/code_layout.hpp"

namespace synthetics::state {

std::string FaultOf(const CanaryCode& code, std::string_view runtime_version) {
  if (code.zip.empty()) return {};
  return LayoutFault(code.zip, runtime_version, code.handler, code.is_blueprint);
}

std::optional<std::string> FaultAtSight(const CanaryCode& code) {
  if (!code.zip.empty()) return {};
  return "";
}

std::string FaultOfCode(Store& store, const Canary& canary) {
  if (canary.code_fault) return *canary.code_fault;
  std::string fault = FaultOf(store.canaries.CodeOf(canary.key), canary.runtime_version);
  store.canaries.SaveCodeFault(canary.key, fault);
  return fault;
}

}  // namespace synthetics::state
