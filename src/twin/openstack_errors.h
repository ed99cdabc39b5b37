#pragma once

#include "twin/call.h"

namespace heat::twin {

/// What Keystone's middleware in front of Nova, Neutron and Cinder says to a request without a
/// token that is good.
Reply no_token(std::string message);
/// Nova's and Cinder's form: {"itemNotFound": {"code": 404, "message": …}}.
Reply faultwrapped(const Refusal& refusal);
/// The form that comes from below the services, as for a path that no route knows.
Reply web_error(int status, std::string message);

/// Thrown for a path that the service does not know, here or in reality.
struct NoSuchPath {};

}  // namespace heat::twin
