#pragma once

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <memory>
#include <optional>
#include <string>

#include "net/channel.h"
#include "net/http.h"
#include "net/server.h"

namespace heat {

/// One client's connection: reads requests one after the other and answers them.
class Connection {
 public:
  Connection(std::unique_ptr<Channel> channel, std::string peer, const ServerOptions& options,
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
  Task<boost::system::error_code> parse(Parser& parser);
  Task<boost::system::error_code> read_more();
  Task<std::optional<HttpResponse>> answer(HttpRequest request);
  Task<> refuse(boost::system::error_code problem);
  Task<> write(HttpResponse response, bool head);

  std::unique_ptr<Channel> channel_;
  std::string peer_;
  const ServerOptions& options_;
  const HttpHandler& handler_;
  boost::beast::flat_buffer buffer_;
  bool busy_ = false;
  bool keep_alive_ = true;
};

}  // namespace heat
