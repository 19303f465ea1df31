#include "api/control/routes.hpp"
#include "api/iam/least_privilege.hpp"

namespace synthetics::api {

Result<AnyJson> GetUsedActions(ControlContext& context, const Empty& /*request*/) {
  return AnyJson{iam::LeastPrivilege(context.used_actions)};
}

}  // namespace synthetics::api
