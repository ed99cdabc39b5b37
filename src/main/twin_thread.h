#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "twin/options.h"

namespace heat {

/// The simulated cloud over HTTP, on a thread of its own.
class TwinThread {
 public:
  /// `port` 0: any free one. The catalogue's URLs follow from it.
  explicit TwinThread(TwinOptions options, std::uint16_t port = 0);
  ~TwinThread();

  std::string url() const;
  std::string auth_url() const { return url() + "/identity/v3"; }

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace heat
