#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <coroutine>
#include <optional>
#include <string>

#include "net/http.h"
#include "net/server.h"

namespace heat {

using Socket =
    boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;
using Stream =
    boost::beast::basic_stream<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

/// How an asynchronous operation ended.
struct Done {
  boost::system::error_code problem;
  std::size_t bytes = 0;
};

/// Awaits an operation of Asio: `start` begins it with the handler it is given.
template <class Start>
class Operation {
 public:
  explicit Operation(Start start) : start_(std::move(start)) {}
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> waiting) {
    waiting_ = waiting;
    start_(Handler{this});
  }
  Done await_resume() const noexcept { return done_; }

 private:
  struct Handler {
    Operation* operation;
    void operator()(boost::system::error_code problem, std::size_t bytes = 0) const {
      operation->done_ = {problem, bytes};
      operation->waiting_.resume();
    }
  };
  Start start_;
  std::coroutine_handle<> waiting_;
  Done done_;
};

template <class Start>
Operation<Start> operation(Start start) {
  return Operation<Start>(std::move(start));
}

/// One client's connection: reads requests one after the other and answers them.
class Connection {
 public:
  Connection(Socket socket, std::string peer, const ServerOptions& options,
             const HttpHandler& handler);

  /// Completes when the connection is closed and no handler runs.
  Task<> run();
  /// Closes after the request in flight is answered; at once where there is none.
  void finish();
  /// Closes at once; a handler in flight still runs to its end.
  void close();

 private:
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;

  Task<bool> wait_for_request();
  Task<std::optional<HttpRequest>> read_request();
  Task<bool> read_message(Parser& parser);
  Task<std::optional<HttpResponse>> answer(HttpRequest request);
  Task<> refuse(boost::system::error_code problem);
  Task<> write(HttpResponse response, bool head);

  Stream stream_;
  std::string peer_;
  const ServerOptions& options_;
  const HttpHandler& handler_;
  boost::beast::flat_buffer buffer_;
  bool busy_ = false;
  bool keep_alive_ = true;
};

}  // namespace heat
