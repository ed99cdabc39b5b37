#include "net/server.h"

#include <boost/asio/ip/tcp.hpp>
#include <list>

#include "async/semaphore.h"
#include "async/task_group.h"
#include "base/error.h"
#include "base/log.h"
#include "net/asio_loop.h"
#include "net/connection.h"

namespace heat {

namespace asio = boost::asio;
using asio::ip::tcp;

struct HttpServer::State {
  State(AsioLoop& its_loop, HttpHandler its_handler, ServerOptions its_options);

  void listen();
  Task<> accept();
  Task<> serve(Socket socket, std::string peer, Semaphore::Permit permit);

  AsioLoop& loop;
  HttpHandler handler;
  ServerOptions options;
  asio::basic_socket_acceptor<tcp, asio::io_context::executor_type> acceptor;
  std::uint16_t port = 0;
  std::optional<TlsIdentity> identity;
  Cancel stopping;
  Semaphore places;
  std::list<Connection*> open;
  TaskGroup tasks;
};

HttpServer::State::State(AsioLoop& its_loop, HttpHandler its_handler, ServerOptions its_options)
    : loop(its_loop),
      handler(std::move(its_handler)),
      options(std::move(its_options)),
      acceptor(loop.context()),
      places(loop, options.connections),
      tasks(loop) {
  if (!options.certificate_file.empty())
    identity.emplace(options.certificate_file, options.key_file);
}

void HttpServer::State::listen() {
  const auto fail = [this](const std::string& why) {
    throw Error(ErrorKind::Invalid, "Cannot listen on " + options.address + " port " +
                                        std::to_string(options.port) + ": " + why + '.');
  };
  boost::system::error_code problem;
  const auto address = asio::ip::make_address(options.address, problem);
  if (problem) fail("this is no IP address");
  const tcp::endpoint endpoint(address, options.port);
  acceptor.open(endpoint.protocol(), problem);
  if (!problem) acceptor.set_option(asio::socket_base::reuse_address(true), problem);
  if (!problem) acceptor.bind(endpoint, problem);
  if (!problem) acceptor.listen(asio::socket_base::max_listen_connections, problem);
  if (problem) fail(problem.message());
  port = acceptor.local_endpoint().port();
}

Task<> HttpServer::State::accept() {
  while (!stopping.requested()) {
    Semaphore::Permit permit;
    try {
      permit = co_await places.acquire(stopping);
    } catch (const Cancelled&) {
      break;
    }
    Socket socket(loop.context());
    tcp::endpoint peer;
    const auto accepted = co_await operation(
        [&](auto done) { acceptor.async_accept(socket, peer, std::move(done)); });
    if (stopping.requested()) break;
    if (!accepted.problem) {
      boost::system::error_code ignored;
      socket.set_option(tcp::no_delay(true), ignored);
      tasks.spawn(serve(std::move(socket), peer.address().to_string(), std::move(permit)));
      continue;
    }
    log::warning("A connection could not be accepted; trying again.",
                 {{"reason", accepted.problem.message()}});
    try {
      co_await sleep_for(loop, std::chrono::milliseconds(100), stopping);
    } catch (const Cancelled&) {
      break;
    }
  }
}

Task<> HttpServer::State::serve(Socket socket, std::string peer, Semaphore::Permit permit) {
  const auto kept = std::move(permit);
  auto channel =
      identity ? tls_channel(std::move(socket), *identity) : plain_channel(std::move(socket));
  Connection connection(std::move(channel), std::move(peer), options, handler);
  const auto place = open.insert(open.end(), &connection);
  if (stopping.requested()) connection.finish();
  co_await connection.run();
  open.erase(place);
}

HttpServer::HttpServer(AsioLoop& loop, HttpHandler handler, ServerOptions options)
    : state_(std::make_unique<State>(loop, std::move(handler), std::move(options))) {
  state_->listen();
  state_->tasks.spawn(state_->accept());
}

HttpServer::~HttpServer() = default;

std::uint16_t HttpServer::port() const noexcept { return state_->port; }

std::string HttpServer::url() const {
  const auto& address = state_->options.address;
  const bool v6 = address.find(':') != address.npos;
  return (state_->identity ? "https://" : "http://") + (v6 ? '[' + address + ']' : address) + ':' +
         std::to_string(state_->port);
}

std::size_t HttpServer::connections() const noexcept { return state_->open.size(); }

Task<> HttpServer::stop(Duration grace) {
  auto& state = *state_;
  boost::system::error_code ignored;
  state.acceptor.close(ignored);
  state.stopping.request();
  for (auto* connection : state.open) connection->finish();
  const auto too_late = state.loop.call_after(grace, [&state] {
    for (auto* connection : state.open) connection->close();
  });
  co_await state.tasks.join();
  state.loop.cancel_timer(too_late);
}

}  // namespace heat
