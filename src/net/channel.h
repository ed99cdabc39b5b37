#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <coroutine>
#include <memory>
#include <string>

#include "async/task.h"
#include "base/time.h"

namespace heat {

using Socket =
    boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

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

/// The bytes of one client's connection, in clear or by TLS. Each operation ends when the time is
/// over that was set last.
class Channel {
 public:
  virtual ~Channel() = default;
  virtual void expires_after(Duration time) = 0;
  /// Before the first byte: TLS agrees on its keys.
  virtual Task<Done> open() = 0;
  virtual Task<Done> read_some(boost::asio::mutable_buffer into) = 0;
  virtual Task<Done> write(boost::asio::const_buffer all) = 0;
  /// Tells the client that nothing more comes.
  virtual Task<> end_writing() = 0;
  virtual void close() = 0;
};

/// The certificate and key that a server proves itself with.
class TlsIdentity {
 public:
  /// PEM files; `key_file` empty: the key is in `certificate_file`, too. Throws Error{ValueError}
  /// where they can't be read or don't belong together.
  TlsIdentity(const std::string& certificate_file, const std::string& key_file);
  ~TlsIdentity();

 private:
  friend std::unique_ptr<Channel> tls_channel(Socket socket, TlsIdentity& identity);
  struct Context;
  std::unique_ptr<Context> context_;
};

std::unique_ptr<Channel> plain_channel(Socket socket);
/// `identity` outlives it.
std::unique_ptr<Channel> tls_channel(Socket socket, TlsIdentity& identity);

}  // namespace heat
