#include "net/download.h"

#include <gtest/gtest.h>

#include <map>

#include "async/sync_wait.h"
#include "async/virtual_loop.h"
#include "base/error.h"

namespace heat {
namespace {

/// Answers by URL; the rest is 404.
class Web final : public Http {
 public:
  explicit Web(std::map<std::string, HttpResponse> pages) : pages_(std::move(pages)) {}
  Task<HttpResponse> fetch(HttpRequest request) override {
    const auto page = pages_.find(request.url);
    co_return page == pages_.end() ? HttpResponse{404, {}, ""} : page->second;
  }

 private:
  std::map<std::string, HttpResponse> pages_;
};

HttpResponse leads_to(const std::string& location) {
  return {302, Headers{{"Location", location}}, ""};
}

/// The text at the URL, or why there is none.
std::string outcome(std::map<std::string, HttpResponse> pages, std::string url,
                    DownloadLimits limits = {}) {
  VirtualLoop loop;
  Web web(std::move(pages));
  try {
    return sync_wait(loop, download(web, loop, std::move(url), limits));
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::HTTPBadRequest);
    return error.message();
  }
}

TEST(Download, FollowsRedirectsOfEveryForm) {
  const HttpResponse page{200, {}, "text"};
  EXPECT_EQ(outcome({{"http://a/t.yaml", page}}, "http://a/t.yaml"), "text");
  EXPECT_EQ(outcome({{"http://a/x/t.yaml", leads_to("u.yaml")}, {"http://a:80/x/u.yaml", page}},
                    "http://a/x/t.yaml"),
            "text");
  EXPECT_EQ(outcome({{"http://a/x/t.yaml", leads_to("/u.yaml")}, {"http://a:80/u.yaml", page}},
                    "http://a/x/t.yaml"),
            "text");
  EXPECT_EQ(outcome({{"http://a/t", leads_to("https://b/t?x=http://c")},
                     {"https://b/t?x=http://c", page}},
                    "http://a/t"),
            "text");
}

TEST(Download, KeepsItsLimits) {
  const auto refused = [](const std::string& said, const std::string& why) {
    EXPECT_NE(said.find(why), std::string::npos) << said;
  };
  refused(outcome({}, "file:///etc/passwd"), "no http or https");
  refused(outcome({{"http://a/t", leads_to("file:///etc/passwd")}}, "http://a/t"),
          "no http or https");
  refused(outcome({{"https://a/t", leads_to("http://a/t")}}, "https://a/t"), "from https");
  refused(outcome({{"http://a/t", leads_to("http://a/t")}}, "http://a/t"), "more than 10 times");
  refused(outcome({}, "http://a/t"), "404");
  refused(outcome({{"http://a/t", {200, {}, "four"}}}, "http://a/t", {.bytes = 3}),
          "larger than 3");
}

}  // namespace
}  // namespace heat
