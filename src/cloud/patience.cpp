#include "cloud/patience.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "async/cancel.h"
#include "base/error.h"
#include "base/log.h"

namespace heat {

namespace {

/// One try: an answer, or why there is none.
struct Try {
  std::optional<HttpResponse> answer;
  std::string reason;
  bool sent = true;

  bool overloaded() const {
    if (!answer) return sent;
    return answer->status == 429 || answer->status == 503 || answer->status == 504;
  }
  bool repeatable(Repeat repeat) const {
    if (!answer) return !sent || repeat == Repeat::Harmless;
    if (answer->status == 429) return true;
    const bool fleeting = answer->status == 500 || (answer->status >= 502 && answer->status <= 504);
    return fleeting && repeat == Repeat::Harmless;
  }
};

Task<Try> try_once(Loop& loop, Http& http, ServiceLimit& limit, HttpRequest request) {
  const auto permit = co_await limit.enter();
  const auto begun = loop.now();
  Try result;
  try {
    result.answer = co_await http.fetch(std::move(request));
    result.reason = "HTTP " + std::to_string(result.answer->status);
  } catch (const HttpNoAnswer& problem) {
    result.reason = problem.reason;
    result.sent = problem.sent;
  }
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
  const auto url = request.url.substr(0, request.url.find('?'));
  const auto call = request.method + ' ' + url + ": " + result.reason + '.';
  if (result.sent) {
    throw Error(ErrorKind::Timeout, "The " + service + " service did not answer " + call);
  }
  throw Error(ErrorKind::ServiceUnavailable,
              "The " + service + " service can't be reached for " + call);
}

}  // namespace

Task<HttpResponse> fetch_patiently(Loop& loop, Http& http, ServiceLimit& limit, Patience patience,
                                   Repeat repeat, std::string service, HttpRequest request) {
  auto pause = patience.first_pause;
  for (int tries = 1;; ++tries) {
    auto result = co_await try_once(loop, http, limit, request);
    if (tries >= patience.tries || !result.repeatable(repeat)) {
      if (!result.answer) no_answer(service, request, result);
      co_return std::move(*result.answer);
    }
    const auto wait = std::min(std::max(pause, retry_after(result)), patience.longest_pause);
    log::info("A request is repeated.",
              {{"service", service}, {"method", request.method}, {"reason", result.reason}});
    co_await sleep_for(loop, wait, Cancel());
    pause *= 2;
  }
}

}  // namespace heat
