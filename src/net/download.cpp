#include "net/download.h"

#include "base/error.h"
#include "net/url.h"

namespace heat {

namespace {

/// Where `location` leads from `base`.
std::string redirected(const Url& base, const std::string& location) {
  if (location.find("://") < location.find_first_of("/?#")) return location;
  const bool ip6 = base.host.find(':') != base.host.npos;
  const std::string host = (ip6 ? "[" + base.host + "]" : base.host);
  const std::string origin = base.scheme + "://" + host + ":" + std::to_string(base.port);
  if (location.starts_with("//")) return base.scheme + ":" + location;
  if (location.starts_with("/")) return origin + location;
  return origin + base.path.substr(0, base.path.rfind('/') + 1) + location;
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

}  // namespace

Task<std::string> download(Http& http, Loop& loop, std::string url, DownloadLimits limits) {
  const auto refusal = [asked = url](const std::string& why) {
    return Error(ErrorKind::HTTPBadRequest, "Can't fetch " + asked + ": " + why);
  };
  const Time end = loop.now() + limits.time;
  for (int redirects = 0; redirects <= limits.redirects; ++redirects) {
    const auto place = split_url(url);
    if (!place) throw refusal("'" + url + "' is no http or https URL.");
    HttpRequest request;
    request.url = url;
    request.timeout = end - loop.now();
    if (request.timeout <= Duration::zero()) throw refusal("it takes too long.");
    HttpResponse response;
    try {
      response = co_await http.fetch(std::move(request));
    } catch (const HttpNoAnswer& none) {
      throw refusal(none.reason + ".");
    }
    if (!is_redirect(response.status)) {
      if (response.status != 200)
        throw refusal("the answer is " + std::to_string(response.status) + ".");
      if (response.body.size() > limits.bytes)
        throw refusal("it is larger than " + std::to_string(limits.bytes) + " bytes.");
      co_return std::move(response.body);
    }
    std::string next = redirected(*place, response.headers.get("Location"));
    if (place->scheme == "https" && !next.starts_with("https:"))
      throw refusal("it leads from https to '" + next + "'.");
    url = std::move(next);
  }
  throw refusal("it is redirected more than " + std::to_string(limits.redirects) + " times.");
}

}  // namespace heat
