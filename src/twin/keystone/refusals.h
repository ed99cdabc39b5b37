#pragma once

#include <string>

#include "twin/call.h"

namespace heat::twin::keystone {

inline Refusal unauthorized() {
  return {401, "The request you have made requires authentication.", "Unauthorized"};
}

inline Refusal not_found(std::string_view what, std::string_view id) {
  return {404, "Could not find " + std::string(what) + ": " + std::string(id) + ".", "Not Found"};
}

inline Refusal forbidden(std::string_view rule) {
  return {
      403,
      "You are not authorized to perform the requested action: identity:" + std::string(rule) + ".",
      "Forbidden"};
}

inline Refusal missing(std::string_view member) {
  return {400, "'" + std::string(member) + "' is a required property", "Bad Request"};
}

}  // namespace heat::twin::keystone
