#include "types/heat/behaviours.h"

namespace heat {

Task<> NoneResource::create(Resource& resource) {
  resource.set_physical_id(resource.row().id);
  co_return;
}

Task<> NoneResource::update(Resource&, PropertyChanges) { co_return; }

Task<> NoneResource::remove(Resource&) { co_return; }

Task<bool> NoneResource::healthy(Resource&) { co_return true; }

}  // namespace heat
