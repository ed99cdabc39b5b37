#pragma once

#include "base/diagnostics.h"
#include "base/value.h"

namespace heat::nova {

/// The request's block_device_mapping from the property of that name: null where there is none.
Value legacy_block_devices(const Value& mappings);
/// The request's block_device_mapping_v2. An image to boot from goes first, as Nova wants it.
Value block_devices(const Value& mappings, const Value& image);

/// Each device has one source, and exactly one thing is booted from.
void validate_block_devices(const Value& properties, const Path& path, Diagnostics& problems);

}  // namespace heat::nova
