#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "async/task_group.h"
#include "base/error.h"
#include "net/asio_loop.h"
#include "net/curl_http.h"
#include "net/server.h"

namespace heat {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

std::string read_all(int socket) {
  std::string text;
  char part[65536];
  for (ssize_t n; (n = ::recv(socket, part, sizeof part, 0)) > 0;) {
    text.append(part, static_cast<std::size_t>(n));
  }
  return text;
}

/// Sends `text` as it is, from a thread of its own, and gives what came back until the end.
std::string raw_exchange(AsioLoop& loop, std::uint16_t port, const std::string& text,
                         bool close_after = true) {
  std::string answer;
  std::atomic<bool> done = false;
  std::thread client([&] {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    const auto address = loopback(port);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
      static_cast<void>(::send(socket, text.data(), text.size(), MSG_NOSIGNAL));
      if (close_after) ::shutdown(socket, SHUT_WR);
      answer = read_all(socket);
    }
    ::close(socket);
    done = true;
    loop.post([] {});
  });
  loop.run_until([&] { return done.load(); });
  client.join();
  return answer;
}

/// A server that gives each connection `answers`, one a request, and closes it at the next request.
class ScriptedServer {
 public:
  explicit ScriptedServer(std::vector<std::string> answers) : answers_(std::move(answers)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    auto address = loopback(0);
    socklen_t size = sizeof address;
    ::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size);
    ::listen(listener_, 8);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] {
      for (int socket; (socket = ::accept(listener_, nullptr, nullptr)) >= 0;) {
        connections_.emplace_back([this, socket] { serve(socket); });
      }
    });
  }
  /// The clients must have closed their connections.
  ~ScriptedServer() {
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    for (auto& connection : connections_) connection.join();
    ::close(listener_);
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/x"; }
  int requests() const { return requests_; }

 private:
  void serve(int socket) {
    char part[4096];
    for (std::size_t i = 0; ::recv(socket, part, sizeof part, 0) > 0; ++i) {
      ++requests_;
      if (i == answers_.size()) break;
      ::send(socket, answers_[i].data(), answers_[i].size(), MSG_NOSIGNAL);
    }
    ::close(socket);
  }
  std::vector<std::string> answers_;
  int listener_;
  std::uint16_t port_ = 0;
  std::atomic<int> requests_ = 0;
  std::thread acceptor_;
  std::vector<std::thread> connections_;
};

Task<HttpResponse> echo(HttpRequest request) {
  HttpResponse response;
  response.headers.add("X-Seen", request.headers.get("X-Sent"));
  response.headers.add("X-Method", request.method);
  response.body = request.url + "|" + request.body;
  co_return response;
}

Task<HttpResponse> slow_answer(Loop& loop, Duration delay) {
  co_await sleep_for(loop, delay, Cancel());
  co_return HttpResponse{200, {}, "slow"};
}
HttpHandler slow(AsioLoop& loop, Duration delay) {
  return [&loop, delay](HttpRequest) { return slow_answer(loop, delay); };
}

class NetTest : public testing::Test {
 protected:
  void serve(HttpHandler handler, ServerOptions options = {}) {
    server = std::make_unique<HttpServer>(loop, std::move(handler), options);
  }
  void TearDown() override {
    if (server) sync_wait(loop, server->stop(seconds(1)));
  }
  HttpRequest request(std::string method, std::string path, std::string body = {}) const {
    HttpRequest request;
    request.method = std::move(method);
    request.url = server->url() + path;
    request.body = std::move(body);
    return request;
  }
  /// The lack of an answer that `request` meets.
  HttpNoAnswer fail(CurlHttp& http, HttpRequest request) {
    try {
      sync_wait(loop, http.fetch(std::move(request)));
    } catch (const HttpNoAnswer& problem) {
      return problem;
    }
    ADD_FAILURE() << "an answer came";
    return {"", false};
  }

  AsioLoop loop;
  std::unique_ptr<HttpServer> server;
};

TEST_F(NetTest, EveryMethodArrivesAsSent) {
  serve(echo);
  CurlHttp http(loop);
  for (const auto* method : {"GET", "POST", "PUT", "PATCH", "DELETE"}) {
    for (const std::string body : {"", "{\"a\": 1}"}) {
      auto sent = request(method, "/v1/x?y=%20z", body);
      sent.headers.add("X-Sent", "value");
      const auto answer = sync_wait(loop, http.fetch(sent));
      EXPECT_EQ(answer.status, 200);
      EXPECT_EQ(answer.headers.get("x-method"), method);
      EXPECT_EQ(answer.headers.get("x-seen"), "value");
      EXPECT_EQ(answer.body, "/v1/x?y=%20z|" + body);
    }
  }
  const auto head = sync_wait(loop, http.fetch(request("HEAD", "/v1")));
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.headers.get("Content-Length"), "4");
  EXPECT_EQ(head.body, "");
  EXPECT_LE(server->connections(), 6u);  // pooled; only a POST or PATCH without body connects anew
}

TEST_F(NetTest, LargeBodiesPassBothWays) {
  serve(echo);
  CurlHttp http(loop);
  const std::string body(3 << 20, 'x');
  for (const auto* method : {"POST", "PUT"}) {
    EXPECT_EQ(sync_wait(loop, http.fetch(request(method, "/", body))).body, "/|" + body);
  }
}

Task<> fetch_and_count(Http& http, HttpRequest request, int& answered) {
  const auto expected = request.url.substr(request.url.rfind('/')) + "|";
  const auto response = co_await http.fetch(request);
  answered += response.body == expected;
}

TEST_F(NetTest, ManyRequestsAtOnce) {
  serve(echo);
  CurlHttp http(loop);
  int answered = 0;
  TaskGroup group(loop);
  for (int i = 0; i < 300; ++i) {
    group.spawn(fetch_and_count(http, request("GET", "/" + std::to_string(i)), answered));
  }
  sync_wait(loop, group.join());
  EXPECT_EQ(answered, 300);
}

TEST_F(NetTest, NobodyListening) {
  CurlHttp http(loop);
  serve(echo);
  const auto lost = request("POST", "/", "body");
  sync_wait(loop, server->stop());
  const auto problem = fail(http, lost);
  EXPECT_FALSE(problem.sent);
  EXPECT_NE(problem.reason.find("connect"), std::string::npos) << problem.reason;
  server.reset();
}

TEST_F(NetTest, AnAnswerThatTakesTooLong) {
  serve(slow(loop, milliseconds(300)));
  CurlHttp http(loop);
  auto impatient = request("GET", "/");
  impatient.timeout = milliseconds(50);
  EXPECT_TRUE(fail(http, impatient).sent);
}

TEST_F(NetTest, AnAnswerThatIsTooLarge) {
  serve(echo);
  CurlOptions options;
  options.response_limit = 1000;
  CurlHttp http(loop, options);
  const auto problem = fail(http, request("POST", "/", std::string(2000, 'x')));
  EXPECT_EQ(problem.reason, "the answer is larger than 1000 bytes");
  EXPECT_TRUE(problem.sent);
}

TEST_F(NetTest, ARedirectIsAnAnswer) {
  ScriptedServer redirecting(
      {"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n"
       "Content-Length: 0\r\n\r\n"});
  CurlHttp http(loop);
  HttpRequest request;
  request.url = redirecting.url();
  const auto answer = sync_wait(loop, http.fetch(request));
  EXPECT_EQ(answer.status, 302);
  EXPECT_EQ(answer.headers.get("Location"), "http://127.0.0.1:1/");
}

TEST_F(NetTest, APostIsNeverRepeatedBehindOurBack) {
  const std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  for (const auto* method : {"POST", "PATCH"}) {
    ScriptedServer closing({ok});
    CurlHttp http(loop);
    HttpRequest request;
    request.url = closing.url();
    EXPECT_EQ(sync_wait(loop, http.fetch(request)).status, 200);
    request.method = method;
    request.body = "body";
    EXPECT_TRUE(fail(http, request).sent);
    EXPECT_EQ(closing.requests(), 2) << method;
    // Without a body it goes over a connection of its own.
    request.body.clear();
    EXPECT_EQ(sync_wait(loop, http.fetch(request)).status, 200);
    EXPECT_EQ(closing.requests(), 3) << method;
  }
}

TEST_F(NetTest, AHeaderCannotSmuggleAnother) {
  serve(echo);
  CurlHttp http(loop);
  auto evil = request("GET", "/");
  evil.headers.add("X-Sent", "a\r\nX-Other: b");
  EXPECT_THROW(sync_wait(loop, http.fetch(evil)), Error);
}

TEST_F(NetTest, RequestsOnOneConnectionAreAnsweredInOrder) {
  serve(echo);
  const auto answer = raw_exchange(loop, server->port(),
                                   "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\n"
                                   "Host: a\r\nConnection: close\r\n\r\n",
                                   false);
  const auto first = answer.find("/1|"), second = answer.find("/2|");
  EXPECT_LT(first, second);
  EXPECT_NE(second, std::string::npos) << answer;
}

TEST_F(NetTest, WhatIsTooLargeOrBrokenIsRefused) {
  ServerOptions options;
  options.header_limit = 2000;
  options.body_limit = 2000;
  serve(echo, options);
  const auto status = [&](const std::string& text) {
    return raw_exchange(loop, server->port(), text, false).substr(0, 12);
  };
  EXPECT_EQ(status("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2001\r\n\r\n"), "HTTP/1.1 413");
  EXPECT_EQ(status("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n9c4\r\n" +
                   std::string(2500, 'x') + "\r\n0\r\n\r\n"),
            "HTTP/1.1 413");
  EXPECT_EQ(status("GET / HTTP/1.1\r\nX: " + std::string(3000, 'x') + "\r\n\r\n"), "HTTP/1.1 431");
  EXPECT_EQ(status("nonsense\r\n\r\n"), "HTTP/1.1 400");
}

TEST_F(NetTest, AClientThatExpects100ContinueGetsIt) {
  serve(echo);
  const auto answer = raw_exchange(loop, server->port(),
                                   "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                                   "Connection: close\r\nContent-Length: 2\r\n\r\nhi",
                                   false);
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n")) << answer;
  EXPECT_TRUE(answer.ends_with("/|hi")) << answer;
}

TEST_F(NetTest, SlowAndIdleClientsAreDropped) {
  ServerOptions options;
  options.read_timeout = milliseconds(100);
  options.idle_timeout = milliseconds(100);
  serve(echo, options);
  EXPECT_EQ(raw_exchange(loop, server->port(), "GET / HT", false), "");
  EXPECT_EQ(raw_exchange(loop, server->port(), "", false), "");
  const auto kept = raw_exchange(loop, server->port(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n", false);
  EXPECT_TRUE(kept.starts_with("HTTP/1.1 200 OK")) << kept;
}

Task<> stop_soon(AsioLoop& loop, HttpServer& server, Duration grace) {
  co_await sleep_for(loop, milliseconds(30), Cancel());
  co_await server.stop(grace);
}
Task<> fetch_body(Http& http, HttpRequest request, std::string& body) {
  try {
    body = (co_await http.fetch(request)).body;
  } catch (const HttpNoAnswer&) {
    body = "no answer";
  }
}

TEST_F(NetTest, StoppingAnswersWhatIsInFlight) {
  serve(slow(loop, milliseconds(150)));
  CurlHttp http(loop);
  std::string body;
  TaskGroup group(loop);
  group.spawn(fetch_body(http, request("GET", "/"), body));
  group.spawn(stop_soon(loop, *server, seconds(5)));
  sync_wait(loop, group.join());
  EXPECT_EQ(body, "slow");
  EXPECT_EQ(server->connections(), 0u);
  server.reset();
}

TEST_F(NetTest, StoppingDoesNotWaitLongerThanTheGraceForClients) {
  serve(slow(loop, milliseconds(300)));
  CurlHttp http(loop);
  std::string body;
  TaskGroup group(loop);
  group.spawn(fetch_body(http, request("GET", "/"), body));
  group.spawn(stop_soon(loop, *server, milliseconds(20)));
  sync_wait(loop, group.join());
  EXPECT_EQ(body, "no answer");  // and the handler was still joined
  server.reset();
}

Task<HttpResponse> thrower(HttpRequest) {
  throw std::runtime_error("bug");
  co_return HttpResponse{};
}

TEST_F(NetTest, AHandlerThatThrowsIsAnsweredFor) {
  serve(thrower);
  CurlHttp http(loop);
  EXPECT_EQ(sync_wait(loop, http.fetch(request("GET", "/"))).status, 500);
}

TEST_F(NetTest, APortThatIsTakenIsSaid) {
  serve(echo);
  ServerOptions options;
  options.port = server->port();
  try {
    HttpServer second(loop, echo, options);
    FAIL() << "two servers on one port";
  } catch (const Error& problem) {
    EXPECT_NE(problem.message().find("Cannot listen on 127.0.0.1 port"), std::string::npos);
  }
}

TEST(AsioLoop, TimersAndPostsFromOtherThreads) {
  AsioLoop loop;
  std::string log;
  const auto start = loop.now();
  loop.call_after(milliseconds(30), [&] { log += "b"; });
  loop.call_after(milliseconds(10), [&] { log += "a"; });
  const auto never = loop.call_after(milliseconds(20), [&] { log += "x"; });
  loop.cancel_timer(never);
  std::thread other([&] { loop.post([&] { log += "p"; }); });
  loop.run_until([&] { return log.size() == 3; });
  other.join();
  EXPECT_EQ(log.find('x'), std::string::npos);
  EXPECT_LT(log.find('a'), log.find('b'));
  EXPECT_GE(loop.now() - start, milliseconds(30));
}

TEST(AsioLoop, RunEndsWhenStopped) {
  AsioLoop loop;
  loop.post([&] { loop.stop(); });
  loop.run();
  EXPECT_FALSE(([&] {
    loop.post([&] { loop.stop(); });
    return loop.run_until([] { return false; });
  })());
}

}  // namespace
}  // namespace heat
