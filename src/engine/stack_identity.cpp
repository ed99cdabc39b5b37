#include "engine/operations.h"

namespace heat {

Value StackIdentity::to_value() const {
  return Map{
      {"tenant", project_id}, {"stack_name", stack_name}, {"stack_id", stack_id}, {"path", path}};
}

}  // namespace heat
