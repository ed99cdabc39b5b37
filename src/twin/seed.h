#pragma once

#include "twin/keystone/keystone.h"
#include "twin/neutron/neutron.h"
#include "twin/nova/nova.h"

namespace heat::twin {

/// What the real test cloud has from the start.
void seed_identity(World& world, Keystone& keystone);
void seed_network(Keystone& keystone, Neutron& neutron);
void seed_compute(Keystone& keystone, Nova& nova, Cinder& cinder, Glance& glance);

}  // namespace heat::twin
