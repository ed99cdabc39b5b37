#pragma once

#include "cloud/session.h"
#include "net/http.h"

namespace heat {

/// The HTTP request that a call stands for; `base` is the service's endpoint.
HttpRequest write_request(const CloudRequest& request, std::string_view base,
                          const std::string& token);
CloudResponse read_answer(const HttpResponse& answer);

}  // namespace heat
