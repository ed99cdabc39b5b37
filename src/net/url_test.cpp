#include "net/url.h"

#include <gtest/gtest.h>

#include "net/http.h"

namespace heat {
namespace {

TEST(Headers, NamesCompareWithoutCase) {
  Headers headers{{"Content-Type", "a"}, {"X-Trace", "1"}, {"content-type", "b"}};
  EXPECT_EQ(headers.get("CONTENT-TYPE"), "a");
  EXPECT_EQ(headers.get("missing", "otherwise"), "otherwise");
  EXPECT_EQ(headers.find("missing"), nullptr);
  headers.set("CONTENT-type", "c");
  headers.set("New", "d");
  std::string all;
  for (const auto& [name, value] : headers) all += name + "=" + value + " ";
  EXPECT_EQ(all, "Content-Type=c X-Trace=1 New=d ");
}

TEST(Url, PercentEncodingRoundTrips) {
  const std::string text = "a b/\xc3\xa9?%&=+~";
  EXPECT_EQ(percent_encode(text), "a%20b%2F%C3%A9%3F%25%26%3D%2B~");
  EXPECT_EQ(percent_encode("a/b c", "/"), "a/b%20c");
  EXPECT_EQ(percent_decode(percent_encode(text)), text);
  EXPECT_EQ(percent_decode("%2"), std::nullopt);
  EXPECT_EQ(percent_decode("%zz"), std::nullopt);
  EXPECT_EQ(percent_decode("%-1"), std::nullopt);
}

TEST(Url, QueriesKeepOrderAndRepetition) {
  const Query expected = {{"a", "1"}, {"b", "x y"}, {"a", "2"}, {"flag", ""}, {"p", "100%"}};
  EXPECT_EQ(parse_query("a=1&b=x+y&&a=2&flag&p=100%"), expected);
  EXPECT_EQ(build_query(expected), "a=1&b=x%20y&a=2&flag=&p=100%25");
  EXPECT_EQ(parse_query(build_query(expected)), expected);
  EXPECT_EQ(*find(expected, "a"), "1");
  EXPECT_EQ(find(expected, "c"), nullptr);
}

TEST(Url, ATargetComesApart) {
  const auto target = split_target("/v1/a%2Fb?limit=2#part");
  EXPECT_EQ(target.path, "/v1/a%2Fb");
  EXPECT_EQ(target.query, (Query{{"limit", "2"}}));
  EXPECT_EQ(split_target("/").path, "/");
}

TEST(Url, AnAbsoluteUrlComesApart) {
  const auto url = split_url("HTTPS://user:pw@[::1]:8004/v1/x?y=z#f");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->scheme, "https");
  EXPECT_EQ(url->host, "::1");
  EXPECT_EQ(url->port, 8004);
  EXPECT_EQ(url->path, "/v1/x");
  EXPECT_EQ(url->query, "y=z");
  EXPECT_EQ(split_url("http://cloud")->port, 80);
  EXPECT_EQ(split_url("http://cloud")->path, "/");
  EXPECT_EQ(split_url("https://cloud?x")->query, "x");
  for (const auto* wrong : {"", "cloud", "ftp://x", "http://", "http://[::1", "http://h:99999",
                            "http://h:", "http://h:8x", "http://[::1]x"}) {
    EXPECT_FALSE(split_url(wrong)) << wrong;
  }
}

TEST(Url, JoiningKeepsOneSlash) {
  EXPECT_EQ(join_url("http://a/", "/v1"), "http://a/v1");
  EXPECT_EQ(join_url("http://a", "v1"), "http://a/v1");
}

}  // namespace
}  // namespace heat
