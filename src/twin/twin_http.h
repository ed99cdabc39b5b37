#pragma once

#include "twin/twin.h"

namespace heat {

/// The Http port straight into a twin: simulation without sockets, in the loop's time.
class TwinHttp final : public Http {
 public:
  explicit TwinHttp(Twin& twin) : twin_(twin) {}
  Task<HttpResponse> fetch(HttpRequest request) override {
    return twin_.handle(std::move(request));
  }

 private:
  Twin& twin_;
};

}  // namespace heat
