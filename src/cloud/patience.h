#pragma once

#include <string>

#include "async/loop.h"
#include "cloud/service_limit.h"
#include "net/http.h"

namespace heat {

/// How often and how long to try again where a repetition is safe.
struct Patience {
  int tries = 5;
  Duration first_pause = std::chrono::milliseconds(500);  ///< doubled each time
  Duration longest_pause = std::chrono::seconds(30);      ///< of Retry-After, too
  bool operator==(const Patience&) const = default;
};

/// What a repetition of a request may do.
enum class Repeat {
  Effectless,  ///< as often as needed, and it may be given up
  Harmless,    ///< as often as needed: the effect of doing it twice is that of doing it once
  Unsent,      ///< only where the first certainly had no effect
};

/// fetch() within `limit` and with patience: repeats on 429, 500, 502, 503, 504 and lost answers as
/// far as `repeat` allows, until the limit is closed. The last answer is returned whatever it is;
/// without one throws Timeout, or ServiceUnavailable where nothing was sent. Throws Cancelled where
/// `request.give_up` came before it was done with, while it waited or had no effect on its way.
/// `service` is for messages.
Task<HttpResponse> fetch_patiently(Loop& loop, Http& http, ServiceLimit& limit, Patience patience,
                                   Repeat repeat, std::string service, HttpRequest request);

}  // namespace heat
