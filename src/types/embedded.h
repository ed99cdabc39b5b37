#pragma once

#include <map>
#include <string_view>

namespace heat {

/// The YAML files of this folder as they were when the program was built, by their path in it:
/// "neutron/net.yaml".
const std::map<std::string_view, std::string_view>& embedded_files();

}  // namespace heat
