#pragma once

#include <map>
#include <string>

#include "api/rest/query.h"
#include "base/value.h"
#include "engine/operations.h"
#include "net/http.h"

namespace heat::api {

/// One request on its way to its handler: who asks, what the route captured, what was sent.
struct Call {
  Operations& operations;
  Context context;
  std::string base;                             ///< "http://host:8004/v1": what links begin with
  std::string path;                             ///< "/2c00…/stacks": the rest, as it was written
  std::map<std::string, std::string> captured;  ///< "stack_name" …, decoded
  Query query;
  Value body;  ///< null where none was sent

  const std::string& operator[](const std::string& name) const { return captured.at(name); }
  /// The stack that the path names, as Operations takes it: "name/id".
  std::string stack() const { return captured.at("stack_name") + "/" + captured.at("stack_id"); }
};

/// An answer with a JSON body.
HttpResponse json_response(const Value& body, int status = 200);

}  // namespace heat::api
