#pragma once

#include <string>

#include "base/value.h"

namespace heat::nova {

/// Where a server's agents find the CloudFormation API, for user data in the form HEAT_CFNTOOLS.
struct CfnAccess {
  std::string metadata_url;           ///< ends in "/v1/"
  bool is_secure = false;             ///< instance_connection_is_secure
  bool validate_certificates = true;  ///< instance_connection_https_validate_certificates
};

/// User data in the form HEAT_CFNTOOLS: a MIME multi-part that cloud-init takes apart on the
/// server. Its parts carry the user's script to /var/lib/heat-cfntools/cfn-userdata and run it at
/// first boot, and leave there what heat-cfntools needs to reach the API. `metadata` is the
/// resource's; null or empty gives no part. File names and types are those that cloud-init and
/// heat-cfntools look for.
std::string cfntools_user_data(const std::string& user_data, const Value& metadata,
                               const CfnAccess& access);

}  // namespace heat::nova
