#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "async/cancel.h"
#include "async/task.h"
#include "base/error.h"
#include "base/value.h"
#include "net/http.h"

namespace heat {

/// One call to a service of the catalogue.
struct CloudRequest {
  std::string service;  ///< catalogue type: "network", "compute", "volumev3" …
  std::string method = "GET";
  std::string path;  ///< below the service's endpoint, with query: "/v2.0/ports?name=x"
  Value body;        ///< sent as JSON unless null; a string with a content type other than
                     ///< JSON in `headers` is sent as it is
  Headers headers;
  std::string microversion;  ///< empty: the service's default
  bool once = false;         ///< not repeated where it may have had its effect, whatever its method
  /// Ends reads, and the waits between tries, with Cancelled; an effect on its way is waited for.
  std::optional<Cancel> cancel = {};
};

struct CloudResponse {
  int status = 0;
  Headers headers;
  Value body;  ///< parsed JSON; the text where it was none; null where there was no body
};

/// How to find an object by name or id.
struct Finder {
  std::string service;
  std::string collection;  ///< path of the list: "/v2.0/networks"
  std::string key;         ///< member of the answer that holds the list: "networks"
  std::string entity;      ///< for messages: "network"
  std::string microversion;
  std::map<std::string, std::string> filters;  ///< further query, as in is_public=None
  std::string id_field = "id";
  std::string name_field = "name";
  bool any_id = false;      ///< ids needn't look like uuids (flavors): always asks for the id first
  bool own_first = false;   ///< of several objects of the name, the project's own is meant
  bool name_filter = true;  ///< the list can be filtered by name_field; else all are read
};

/// Access to one project of one cloud, as one user or trust: tokens, catalogue, repetition where it
/// is safe, limits on what is in flight, names to ids. Shared by all that work for one stack.
class Session {
 public:
  virtual ~Session() = default;

  virtual const std::string& project_id() const = 0;
  virtual const std::string& user_id() const = 0;
  /// The base URL of a service. Throws Error where the catalogue has none.
  virtual Task<std::string> endpoint(std::string service) = 0;
  virtual Task<bool> has_service(std::string service) = 0;

  /// Any answer below 500 is returned; 401 re-authenticates once. GET, HEAD, PUT and DELETE are
  /// repeated with back-off on 429, 500, 502, 503, 504 and lost answers; POST and PATCH only where
  /// the request certainly had no effect (429, or it was never sent). After that 500 and above
  /// throws cloud_error(), and no answer throws Timeout, or ServiceUnavailable where nothing was
  /// sent. After either kind a request may have had its effect: look before doing it again.
  virtual Task<CloudResponse> call(CloudRequest request) = 0;

  /// call(), and a status of 400 and above thrown as Error with the service's own message.
  Task<Value> send(CloudRequest request);
  /// The object, or nothing on 404.
  Task<std::optional<Value>> find(CloudRequest request);

  /// What find() answers, null for nothing, of something that hardly changes (a version, a limit, a
  /// flavor): asked once in this session's life.
  virtual Task<Value> fact(CloudRequest request);

  /// The id of the object named `name_or_id`: cached for this session's life. Throws Error
  /// EntityNotFound, or PhysicalResourceNameAmbiguity where several have that name.
  virtual Task<std::string> find_id(Finder finder, std::string name_or_id) = 0;

 private:
  std::map<std::string, Value> facts_;
};

/// Whether a request that failed with this may have had its effect all the same: no answer came, or
/// one that does not tell.
bool may_have_happened(const Error& error);

/// The error that a service's answer stands for: NotFound, Conflict, Forbidden, OverLimit … with
/// the message the service gave and its request id.
Error cloud_error(const CloudRequest& request, const CloudResponse& response);

}  // namespace heat
