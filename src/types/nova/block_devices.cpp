#include "types/nova/block_devices.h"

#include <algorithm>
#include <vector>

namespace heat::nova {

Value legacy_block_devices(const Value& mappings) {
  if (!mappings.truthy()) return {};
  List devices;
  for (const Value& mapping : mappings.as_list()) {
    Map device{{"device_name", mapping["device_name"]}};
    if (mapping["snapshot_id"].truthy()) device.set("snapshot_id", mapping["snapshot_id"]);
    if (mapping["volume_id"].truthy()) device.set("volume_id", mapping["volume_id"]);
    if (mapping["volume_size"].truthy()) device.set("volume_size", mapping["volume_size"]);
    if (mapping["delete_on_termination"].truthy()) device.set("delete_on_termination", true);
    devices.push_back(std::move(device));
  }
  return devices;
}

namespace {

Map volume_of(std::string_view source_type, const Value& source) {
  return {{"uuid", source},
          {"source_type", source_type},
          {"destination_type", "volume"},
          {"boot_index", 0},
          {"delete_on_termination", false}};
}

Map local_disk(const Value& size) {
  Map device{{"source_type", "blank"},
             {"destination_type", "local"},
             {"boot_index", -1},
             {"delete_on_termination", true}};
  if (size.truthy()) device.set("volume_size", size);
  return device;
}

Map device_of(const Value& mapping) {
  if (mapping["volume_id"].truthy()) return volume_of("volume", mapping["volume_id"]);
  if (mapping["snapshot_id"].truthy()) return volume_of("snapshot", mapping["snapshot_id"]);
  if (mapping["image"].truthy()) return volume_of("image", mapping["image"]);
  if (mapping["swap_size"].truthy()) {
    Map swap = local_disk(mapping["swap_size"]);
    swap.set("guest_format", "swap");
    return swap;
  }
  Map ephemeral = local_disk(mapping["ephemeral_size"]);
  if (mapping["ephemeral_format"].truthy())
    ephemeral.set("guest_format", mapping["ephemeral_format"]);
  return ephemeral;
}

}  // namespace

Value block_devices(const Value& mappings, const Value& image) {
  if (!mappings.truthy()) return {};
  List devices;
  if (image.truthy())
    devices.push_back(Map{{"uuid", image},
                          {"source_type", "image"},
                          {"destination_type", "local"},
                          {"boot_index", 0},
                          {"delete_on_termination", true}});
  for (const Value& mapping : mappings.as_list()) {
    Map device = device_of(mapping);
    for (const char* key : {"device_name", "device_type", "disk_bus", "boot_index", "volume_size",
                            "delete_on_termination", "volume_type"})
      if (!mapping[key].is_null()) device.set(key, mapping[key]);
    devices.push_back(std::move(device));
  }
  return devices;
}

namespace {

/// Counts what a server could boot from, and complains of devices without exactly one source.
class BootSources {
 public:
  BootSources(const Value& properties, const Path& path, Diagnostics& problems)
      : path_(path), problems_(problems) {
    if (!properties["image"].is_null()) ++sources_;
  }

  void legacy(const Value& mappings) {
    if (!mappings.is_list()) return;
    for (std::size_t i = 0; i < mappings.as_list().size(); ++i) {
      const Value& mapping = mappings[i];
      if (mapping["device_name"].string_or("") == "vda") boots_ = true;
      const bool volume = !mapping["volume_id"].is_null();
      const bool snapshot = !mapping["snapshot_id"].is_null();
      if (volume && snapshot)
        complain("block_device_mapping", i, ErrorKind::ResourcePropertyConflict,
                 "volume_id and snapshot_id exclude each other; give one");
      if (!volume && !snapshot)
        complain("block_device_mapping", i, ErrorKind::StackValidationFailed,
                 "the device has no source: give volume_id or snapshot_id");
    }
  }

  void current(const Value& mappings) {
    if (!mappings.is_list()) return;
    for (std::size_t i = 0; i < mappings.as_list().size(); ++i) device(mappings[i], i);
  }

  void conclude(bool several_matter) {
    if (sources_ == 0 && !boots_)
      problems_.add(ErrorKind::StackValidationFailed,
                    "the server has nothing to boot from: give image, or a bootable device in "
                    "block_device_mapping_v2",
                    path_);
    if (several_matter && sources_ != 1 && (sources_ > 1 || boots_))
      problems_.add(ErrorKind::StackValidationFailed,
                    "the server has several things to boot from; give a boot_index other than 0 "
                    "to all but one",
                    path_);
  }

 private:
  void device(const Value& mapping, std::size_t index) {
    static constexpr const char* kVolumes[] = {"volume_id", "snapshot_id", "image"};
    const auto given = [&](const char* key) { return !mapping[key].is_null(); };
    const bool local = given("ephemeral_size") || given("ephemeral_format");
    const auto volumes = std::ranges::count_if(kVolumes, given);
    const auto all = volumes + (given("swap_size") ? 1 : 0) + (local ? 1 : 0);
    if (all > 1)
      complain("block_device_mapping_v2", index, ErrorKind::ResourcePropertyConflict,
               "volume_id, snapshot_id, image, swap_size and ephemeral_* exclude each other; "
               "give one");
    if (all == 0)
      complain("block_device_mapping_v2", index, ErrorKind::StackValidationFailed,
               "the device has no source: give volume_id, snapshot_id, image, swap_size, "
               "ephemeral_size or ephemeral_format");
    const Value& boot_index = mapping["boot_index"];
    if (boot_index.is_null() || boot_index == Value(0)) sources_ += volumes;
  }

  void complain(const char* property, std::size_t index, ErrorKind kind, std::string message) {
    Path path = path_;
    path.insert(path.end(), {property, std::to_string(index)});
    problems_.add(kind, std::move(message), std::move(path));
  }

  const Path& path_;
  Diagnostics& problems_;
  std::ptrdiff_t sources_ = 0;
  bool boots_ = false;  // a device that is called vda boots, in the older form
};

}  // namespace

void validate_block_devices(const Value& properties, const Path& path, Diagnostics& problems) {
  const Value& legacy = properties["block_device_mapping"];
  const Value& current = properties["block_device_mapping_v2"];
  if (legacy.truthy() && current.truthy()) {
    problems.add(ErrorKind::ResourcePropertyConflict,
                 "block_device_mapping and block_device_mapping_v2 exclude each other; use the "
                 "latter",
                 path);
    return;
  }
  BootSources sources(properties, path, problems);
  sources.legacy(legacy);
  sources.current(current);
  sources.conclude(current.truthy());
}

}  // namespace heat::nova
