#include "cloud/patience.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "async/cancel.h"
#include "base/error.h"
#include "base/log.h"

namespace heat {

namespace {

/// A query may hold what is nobody's business: the signature of a temporary URL.
std::string without_query(const std::string& url) { return url.substr(0, url.find('?')); }

/// One try: an answer, or why there is none.
struct Try {
  std::optional<HttpResponse> answer;
  std::string reason;
  bool sent = true;

  bool overloaded() const {
    if (!answer) return sent;
    return answer->status == 429 || answer->status == 503 || answer->status == 504;
  }
  void note(const std::string& service, const HttpRequest& request, Duration spent) const {
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(spent).count();
    log::debug("asked the cloud", {{"service", service},
                                   {"method", request.method},
                                   {"url", without_query(request.url)},
                                   {"result", reason},
                                   {"milliseconds", std::to_string(milliseconds)}});
  }
  bool repeatable(Repeat repeat) const {
    if (!answer) return !sent || repeat != Repeat::Unsent;
    if (answer->status == 429) return true;
    const bool fleeting = answer->status == 500 || (answer->status >= 502 && answer->status <= 504);
    return fleeting && repeat != Repeat::Unsent;
  }
};

/// Requested with either.
class Either {
 public:
  Either(const Cancel& one, const std::optional<Cancel>& other) : both_(one.child()) {
    if (other) registration_ = other->on_request([both = both_] { both.request(); });
  }
  const Cancel& cancel() const { return both_; }

 private:
  Cancel both_;
  Cancel::Registration registration_;
};

Task<Try> try_once(Loop& loop, Http& http, ServiceLimit& limit, const std::string& service,
                   const HttpRequest& request, Cancel stop, Repeat repeat) {
  const auto permit = co_await limit.enter(stop);
  const auto begun = loop.now();
  HttpRequest sent = request;
  sent.give_up = repeat == Repeat::Effectless ? stop : limit.abandoned();
  Try result;
  try {
    result.answer = co_await http.fetch(std::move(sent));
    result.reason = "HTTP " + std::to_string(result.answer->status);
  } catch (const HttpNoAnswer& problem) {
    result.reason = problem.reason;
    result.sent = problem.sent;
  }
  result.note(service, request, loop.now() - begun);
  if (result.overloaded()) {
    limit.overloaded(begun);
  } else if (result.answer) {
    limit.answered();
  }
  co_return result;
}

/// What the service asks for, in seconds; zero where it asks for nothing or for a date.
Duration retry_after(const Try& result) {
  if (!result.answer) return Duration(0);
  const auto text = result.answer->headers.get("Retry-After");
  unsigned seconds = 0;
  std::from_chars(text.data(), text.data() + text.size(), seconds);
  return std::chrono::seconds(seconds);
}

[[noreturn]] void no_answer(const std::string& service, const HttpRequest& request,
                            const Try& result) {
  const auto call = request.method + ' ' + without_query(request.url) + ": " + result.reason + '.';
  if (result.sent) {
    throw Error(ErrorKind::Timeout, "The " + service + " service did not answer " + call);
  }
  throw Error(ErrorKind::ServiceUnavailable,
              "The " + service + " service can't be reached for " + call);
}

/// False where `cancel` comes before the time is over.
Task<bool> passes(Loop& loop, Duration time, Cancel cancel) {
  try {
    co_await sleep_for(loop, time, std::move(cancel));
  } catch (const Cancelled&) {
    co_return false;
  }
  co_return true;
}

}  // namespace

Task<HttpResponse> fetch_patiently(Loop& loop, Http& http, ServiceLimit& limit, Patience patience,
                                   Repeat repeat, std::string service, HttpRequest request) {
  const Either stop(limit.closed(), request.give_up);
  const auto cancelled = [&] { return request.give_up && request.give_up->requested(); };
  auto pause = patience.first_pause;
  for (int tries = 1;; ++tries) {
    auto result = co_await try_once(loop, http, limit, service, request, stop.cancel(), repeat);
    const bool repeatable = result.repeatable(repeat);
    const auto wait = std::min(std::max(pause, retry_after(result)), patience.longest_pause);
    if (!repeatable || tries >= patience.tries || !co_await passes(loop, wait, stop.cancel())) {
      if (repeatable && cancelled()) throw Cancelled();
      if (!result.answer) no_answer(service, request, result);
      co_return std::move(*result.answer);
    }
    log::info("a request is repeated",
              {{"service", service}, {"method", request.method}, {"reason", result.reason}});
    pause = std::min(2 * pause, patience.longest_pause);
  }
}

}  // namespace heat
