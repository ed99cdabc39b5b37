#pragma once

#include <map>
#include <string>

#include "base/value.h"

namespace heat::cli {

/// How to reach a cloud, under the names of OS_* variables in lower case: "auth_url", "username",
/// "project_domain_name", "application_credential_id", "cacert", "region_name", "interface" …
class CloudConfig {
 public:
  /// The entry `cloud` of clouds.yaml (or OS_CLOUD's), with OS_* variables where there is none.
  /// Throws Error saying what to set.
  static CloudConfig find(const std::string& cloud);

  /// One cloud's map in clouds.yaml.
  static CloudConfig of_entry(const Value& entry);

  std::string get(const std::string& name, std::string otherwise = "") const;
  bool insecure() const;

 private:
  std::map<std::string, std::string> settings_;
};

}  // namespace heat::cli
