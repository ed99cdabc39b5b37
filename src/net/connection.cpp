#include "net/connection.h"

#include "base/log.h"

namespace heat {

namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr Duration kLinger = std::chrono::seconds(2);
constexpr std::size_t kLingerBytes = 1 << 20;
constexpr std::size_t kReadBytes = 1 << 14;

/// Keeps a value that came from a client from adding header lines.
void append_header(std::string& text, std::string_view name, std::string_view value) {
  text.append(name).append(": ");
  for (const char c : value) text += c == '\r' || c == '\n' ? ' ' : c;
  text += "\r\n";
}

/// The answer as it goes over the wire.
std::string serialize(const HttpResponse& response, bool head, bool keep_alive) {
  const auto& [status, headers, body] = response;
  const bool bodiless = status < 200 || status == 204 || status == 304;
  std::string text = "HTTP/1.1 " + std::to_string(status) + ' ';
  text.append(http::obsolete_reason(static_cast<http::status>(status))).append("\r\n");
  for (const auto& [name, value] : headers) {
    const bool ours = beast::iequals(name, "Content-Length") ||
                      beast::iequals(name, "Connection") ||
                      beast::iequals(name, "Transfer-Encoding");
    if (!ours) append_header(text, name, value);
  }
  if (!bodiless) append_header(text, "Content-Length", std::to_string(body.size()));
  if (!keep_alive) append_header(text, "Connection", "close");
  text += "\r\n";
  if (!bodiless && !head) text += body;
  return text;
}

}  // namespace

Connection::Connection(std::unique_ptr<Channel> channel, std::string peer,
                       const ServerOptions& options, const HttpHandler& handler)
    : channel_(std::move(channel)), peer_(std::move(peer)), options_(options), handler_(handler) {}

void Connection::finish() {
  keep_alive_ = false;
  if (!busy_) close();
}

void Connection::close() {
  keep_alive_ = false;
  channel_->close();
}

Task<> Connection::run() {
  channel_->expires_after(options_.read_timeout);
  if ((co_await channel_->open()).problem) keep_alive_ = false;
  while (keep_alive_ && co_await wait_for_request()) {
    busy_ = true;
    auto request = co_await read_request();
    if (!request) break;
    const bool head = request->method == "HEAD";
    auto response = co_await answer(std::move(*request));
    if (!response) break;
    co_await write(std::move(*response), head);
    busy_ = false;
  }
  channel_->expires_after(kLinger);
  co_await channel_->end_writing();
  channel_->close();
}

/// False where the client closed the connection or stayed idle for too long.
Task<bool> Connection::wait_for_request() {
  if (buffer_.size() > 0) co_return true;
  channel_->expires_after(options_.idle_timeout);
  co_return !co_await read_more();
}

Task<std::optional<HttpRequest>> Connection::read_request() {
  Parser parser;
  parser.header_limit(static_cast<std::uint32_t>(options_.header_limit));
  parser.body_limit(options_.body_limit);
  if (!co_await read_message(parser)) co_return std::nullopt;
  auto message = parser.release();
  if (!message.keep_alive()) keep_alive_ = false;
  HttpRequest request;
  request.method = message.method_string();
  request.url = message.target();
  for (const auto& field : message) {
    request.headers.add(std::string(field.name_string()), std::string(field.value()));
  }
  request.body = std::move(message.body());
  request.peer = peer_;
  co_return request;
}

/// False where there is no request to answer: the client went, was too slow, or was refused.
Task<bool> Connection::read_message(Parser& parser) {
  channel_->expires_after(options_.read_timeout);
  auto problem = co_await parse(parser);
  if (!problem && beast::iequals(parser.get()[http::field::expect], "100-continue"))
    problem = (co_await channel_->write(boost::asio::buffer(kContinue))).problem;
  parser.eager(true);  // the body, too
  if (!problem && !parser.is_done()) problem = co_await parse(parser);
  if (problem) co_await refuse(problem);
  co_return !problem;
}

/// Feeds the parser until it has the header, or, where it is eager, the whole message.
Task<boost::system::error_code> Connection::parse(Parser& parser) {
  for (;;) {
    boost::system::error_code problem;
    buffer_.consume(parser.put(buffer_.data(), problem));
    if (!problem && (parser.is_done() || (parser.is_header_done() && !parser.eager())))
      co_return problem;
    if (problem && problem != http::error::need_more) co_return problem;
    if (const auto unread = co_await read_more()) co_return unread;
  }
}

Task<boost::system::error_code> Connection::read_more() {
  const Done read = co_await channel_->read_some(buffer_.prepare(kReadBytes));
  buffer_.commit(read.bytes);
  co_return read.problem;
}

/// Nothing where the handler wants the connection closed without an answer.
Task<std::optional<HttpResponse>> Connection::answer(HttpRequest request) {
  try {
    co_return co_await handler_(std::move(request));
  } catch (const HttpNoAnswer&) {
    co_return std::nullopt;
  } catch (const std::exception& problem) {
    log::error("A request's handler failed: this is a bug.", {{"reason", problem.what()}});
  }
  co_return HttpResponse{500, {}, {}};
}

/// Answers a message that can't be read, where the client is still there to hear it.
Task<> Connection::refuse(boost::system::error_code problem) {
  static const auto& http_category = http::make_error_code(http::error::end_of_stream).category();
  keep_alive_ = false;
  const bool gone = problem.category() != http_category || problem == http::error::end_of_stream ||
                    problem == http::error::partial_message;
  if (gone) co_return;
  HttpResponse response;
  response.status = problem == http::error::body_limit     ? 413
                    : problem == http::error::header_limit ? 431
                                                           : 400;
  response.headers.add("Content-Type", "text/plain");
  response.body = problem.message() + '\n';
  co_await write(std::move(response), false);

  // Closing with unread bytes would reset the connection, and the client might not see the answer.
  channel_->expires_after(kLinger);
  co_await channel_->end_writing();
  for (std::size_t drained = 0; drained < kLingerBytes; drained += buffer_.size()) {
    buffer_.clear();
    if (co_await read_more()) break;
  }
}

Task<> Connection::write(HttpResponse response, bool head) {
  const auto text = serialize(response, head, keep_alive_);
  channel_->expires_after(options_.read_timeout);
  if ((co_await channel_->write(boost::asio::buffer(text))).problem) keep_alive_ = false;
}

}  // namespace heat
