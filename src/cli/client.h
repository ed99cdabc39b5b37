#pragma once

#include <memory>
#include <string>

#include "base/time.h"
#include "base/value.h"

namespace heat::cli {

/// The orchestration service of a cloud, asked one request after the other. Connects at the first.
class Client {
 public:
  /// `cloud`: of clouds.yaml; empty: OS_CLOUD, or the OS_* variables.
  explicit Client(std::string cloud);
  ~Client();

  /// The answer's body. Throws Error with the service's own kind and message.
  Value get(std::string path);
  Value send(std::string method, std::string path, Value body = {});
  /// "/stacks/web/8b9b…" for a name or id. Throws Error EntityNotFound.
  std::string stack_path(const std::string& stack);
  void pause(Duration time);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A name as a segment of a URL.
std::string segment(const std::string& name);

}  // namespace heat::cli
