#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/value.h"
#include "net/http.h"

namespace heat::twin {

/// Who asks: what the token says.
struct Caller {
  std::string user_id;
  std::string project_id;
  std::vector<std::string> roles;

  bool has_role(std::string_view role) const {
    return std::find(roles.begin(), roles.end(), role) != roles.end();
  }
  bool admin() const { return has_role("admin"); }
  /// A service of the cloud, by itself or for a project.
  static Caller service(std::string project_id = "") {
    return {"", std::move(project_id), {"admin"}};
  }
};

/// The query of a URL, decoded, in order.
class Query {
 public:
  Query() = default;
  explicit Query(std::string_view text);

  std::vector<std::string> all(std::string_view key) const;
  std::string get(std::string_view key, std::string_view otherwise = {}) const;
  bool has(std::string_view key) const;
  auto begin() const { return items_.begin(); }
  auto end() const { return items_.end(); }
  const std::string& str() const noexcept { return text_; }  ///< as it was sent

 private:
  std::string text_;
  std::vector<std::pair<std::string, std::string>> items_;
};

/// A request as a service sees it.
struct Call {
  std::string method;
  std::string target;             ///< below the service's URL, without the query: "/v2.0/ports"
  std::vector<std::string> path;  ///< the target's parts, decoded: "v2.0", "ports"
  Query query;
  Headers headers;
  Value body;
  Caller caller;

  std::string_view part(std::size_t index) const {
    return index < path.size() ? std::string_view(path[index]) : std::string_view();
  }
};

/// What a service answers; a null body is an empty one.
struct Reply {
  int status = 200;
  Value body;
  Headers headers;
};

/// Thrown by a service's rules; the service gives it its own form. `kind` is the name of the error
/// where the service sends one.
struct Refusal {
  int status;
  std::string message;
  std::string kind;
};

/// One of the cloud's services.
class Service {
 public:
  virtual ~Service() = default;
  virtual Reply serve(const Call& call) = 0;
  virtual Reply refuse(const Refusal& refusal, const Call& call) const = 0;
  /// Whether this request needs no token.
  virtual bool open(const Call& call) const = 0;
};

}  // namespace heat::twin
