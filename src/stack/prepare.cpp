#include "stack/prepare.h"

#include "resource/properties.h"

namespace heat {

Task<Value> prepare(const ResourceType& type, Value evaluated, std::string resource,
                    const Registry& registry, Session* session) {
  Diagnostics problems;
  Questions unasked;  // the stack was accepted with their answers
  Value shaped = shape(type, evaluated, {"resources", resource, "properties"}, problems, unasked);
  problems.raise();
  if (session == nullptr) co_return shaped;
  co_return co_await resolve(type, std::move(shaped), registry, *session);
}

}  // namespace heat
