#include "net/channel.h"

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/basic_stream.hpp>

#include "base/error.h"

namespace heat {

namespace asio = boost::asio;

namespace {

using Stream = boost::beast::basic_stream<asio::ip::tcp, asio::io_context::executor_type>;

/// What is alike whether bytes go in clear or not.
template <class Layer>
class LayerChannel : public Channel {
 public:
  template <class... Arguments>
  explicit LayerChannel(Arguments&&... arguments) : layer_(std::forward<Arguments>(arguments)...) {}

  Task<Done> read_some(asio::mutable_buffer into) override {
    co_return co_await operation([&](auto done) { layer_.async_read_some(into, std::move(done)); });
  }
  Task<Done> write(asio::const_buffer all) override {
    co_return co_await operation(
        [&](auto done) { asio::async_write(layer_, all, std::move(done)); });
  }

 protected:
  Layer layer_;
};

class PlainChannel final : public LayerChannel<Stream> {
 public:
  using LayerChannel::LayerChannel;

  void expires_after(Duration time) override { layer_.expires_after(time); }
  Task<Done> open() override { co_return Done(); }
  Task<> end_writing() override {
    boost::system::error_code ignored;
    layer_.socket().shutdown(Socket::shutdown_send, ignored);
    co_return;
  }
  void close() override { layer_.close(); }
};

class TlsChannel final : public LayerChannel<asio::ssl::stream<Stream>> {
 public:
  using LayerChannel::LayerChannel;

  void expires_after(Duration time) override { layer_.next_layer().expires_after(time); }
  Task<Done> open() override {
    co_return co_await operation([&](auto done) {
      layer_.async_handshake(asio::ssl::stream_base::server, std::move(done));
    });
  }
  /// Without TLS's own good-bye a client could take the end for a cut.
  Task<> end_writing() override {
    co_await operation([&](auto done) { layer_.async_shutdown(std::move(done)); });
  }
  void close() override { layer_.next_layer().close(); }
};

}  // namespace

struct TlsIdentity::Context {
  asio::ssl::context ssl{asio::ssl::context::tls_server};
};

TlsIdentity::TlsIdentity(const std::string& certificate_file, const std::string& key_file)
    : context_(std::make_unique<Context>()) {
  asio::ssl::context& ssl = context_->ssl;
  SSL_CTX_set_min_proto_version(ssl.native_handle(), TLS1_2_VERSION);
  const auto use = [](const std::string& file, auto work) {
    boost::system::error_code problem;
    work(problem);
    if (problem)
      throw Error(ErrorKind::ValueError, "The certificate or key " + file +
                                             " can't be used: " + problem.message() +
                                             ". It must be a PEM file that heat may read.");
  };
  use(certificate_file,
      [&](auto& problem) { ssl.use_certificate_chain_file(certificate_file, problem); });
  const std::string& key = key_file.empty() ? certificate_file : key_file;
  use(key, [&](auto& problem) { ssl.use_private_key_file(key, asio::ssl::context::pem, problem); });
}

TlsIdentity::~TlsIdentity() = default;

std::unique_ptr<Channel> plain_channel(Socket socket) {
  return std::make_unique<PlainChannel>(std::move(socket));
}

std::unique_ptr<Channel> tls_channel(Socket socket, TlsIdentity& identity) {
  return std::make_unique<TlsChannel>(std::move(socket), identity.context_->ssl);
}

}  // namespace heat
