#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <thread>

#include "base/error.h"
#include "net/asio_loop.h"
#include "net/curl_http.h"
#include "net/server.h"

namespace heat {
namespace {

template <auto free>
struct FreeBy {
  void operator()(auto* object) const { free(object); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeBy<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, FreeBy<X509_free>>;

/// A certificate that signs itself, for 127.0.0.1; certificate and key in one PEM file.
void write_certificate(const std::string& path) {
  const Key key(EVP_EC_gen("P-256"));
  const Certificate certificate(X509_new());
  auto* x509 = certificate.get();
  X509_set_version(x509, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
  X509_gmtime_adj(X509_getm_notBefore(x509), -3600);
  X509_gmtime_adj(X509_getm_notAfter(x509), 3600);
  X509_set_pubkey(x509, key.get());
  auto* name = X509_get_subject_name(x509);
  const auto* text = reinterpret_cast<const unsigned char*>("heat test");
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, text, -1, -1, 0);
  X509_set_issuer_name(x509, name);
  auto* names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1");
  X509_add_ext(x509, names, -1);
  X509_EXTENSION_free(names);
  X509_sign(x509, key.get(), EVP_sha256());
  auto* file = std::fopen(path.c_str(), "w");
  PEM_write_X509(file, x509);
  PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  std::fclose(file);
}

/// Answers one request a connection with an empty 200, over TLS.
class TlsServer {
 public:
  /// Asks clients for a certificate that `client_ca` signed, where there is one.
  TlsServer(const std::string& certificate, const std::string& client_ca)
      : context_(SSL_CTX_new(TLS_server_method())) {
    SSL_CTX_use_certificate_chain_file(context_.get(), certificate.c_str());
    SSL_CTX_use_PrivateKey_file(context_.get(), certificate.c_str(), SSL_FILETYPE_PEM);
    if (!client_ca.empty()) {
      SSL_CTX_load_verify_locations(context_.get(), client_ca.c_str(), nullptr);
      const int must = SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
      SSL_CTX_set_verify(context_.get(), must, nullptr);
    }
    listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size);
    ::listen(listener_, 8);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    url_ = "https://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/";
    thread_ = std::thread([this] {
      for (int socket; (socket = ::accept(listener_, nullptr, nullptr)) >= 0;) serve(socket);
    });
  }
  ~TlsServer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  const std::string& url() const { return url_; }

 private:
  void serve(int socket) {
    const std::unique_ptr<SSL, FreeBy<SSL_free>> ssl(SSL_new(context_.get()));
    SSL_set_fd(ssl.get(), socket);
    char part[4096];
    if (SSL_accept(ssl.get()) == 1 && SSL_read(ssl.get(), part, sizeof part) > 0) {
      const std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
      SSL_write(ssl.get(), ok.data(), static_cast<int>(ok.size()));
      SSL_shutdown(ssl.get());
    }
    ::close(socket);
  }
  std::unique_ptr<SSL_CTX, FreeBy<SSL_CTX_free>> context_;
  int listener_;
  std::string url_;
  std::thread thread_;
};

class TlsTest : public testing::Test {
 protected:
  TlsTest() {
    std::filesystem::create_directories(folder);
    write_certificate(server_pem);
    write_certificate(client_pem);
  }
  ~TlsTest() override { std::filesystem::remove_all(folder); }

  int status(const TlsServer& server, TlsOptions options) {
    CurlHttp http(loop);
    HttpRequest request;
    request.url = server.url();
    request.tls = std::move(options);
    return sync_wait(loop, http.fetch(request)).status;
  }

  AsioLoop loop;
  std::string folder = testing::TempDir() + "heat_tls_" + std::to_string(::getpid());
  std::string server_pem = folder + "/server.pem";
  std::string client_pem = folder + "/client.pem";
};

TEST_F(TlsTest, AServerIsOnlyTrustedForAReason) {
  const TlsServer server(server_pem, "");
  try {
    status(server, {});
    FAIL() << "an unknown certificate was accepted";
  } catch (const HttpNoAnswer& problem) {
    EXPECT_FALSE(problem.sent);
    EXPECT_NE(problem.reason.find("certificate"), std::string::npos) << problem.reason;
  }
  TlsOptions with_ca;
  with_ca.ca_file = server_pem;
  EXPECT_EQ(status(server, with_ca), 200);
  with_ca.ca_file = client_pem;
  EXPECT_THROW(status(server, with_ca), HttpNoAnswer);
  TlsOptions insecure;
  insecure.insecure = true;
  EXPECT_EQ(status(server, insecure), 200);
}

TEST_F(TlsTest, AServerMayAskForAClientCertificate) {
  const TlsServer server(server_pem, client_pem);
  TlsOptions options;
  options.ca_file = server_pem;
  EXPECT_THROW(status(server, options), HttpNoAnswer);
  options.client_certificate = client_pem;
  options.client_key = client_pem;
  EXPECT_EQ(status(server, options), 200);
}

Task<HttpResponse> echo(HttpRequest request) {
  co_return HttpResponse{200, {}, request.method + " " + request.body};
}

TEST_F(TlsTest, OurServerSpeaksItToo) {
  ServerOptions options;
  options.certificate_file = server_pem;
  HttpServer server(loop, [](HttpRequest request) { return echo(std::move(request)); }, options);
  EXPECT_EQ(server.url().substr(0, 18), "https://127.0.0.1:");
  {
    CurlHttp http(loop);
    HttpRequest request;
    request.method = "PUT";
    request.url = server.url() + "/x";
    request.tls.ca_file = server_pem;
    for (const std::size_t size : {0u, 10u, 1'000'000u}) {
      request.body = std::string(size, 'x');
      const HttpResponse answer = sync_wait(loop, http.fetch(request));
      EXPECT_EQ(answer.body, "PUT " + request.body);
    }
    EXPECT_EQ(server.connections(), 1u);
    HttpRequest in_clear = request;
    in_clear.url = "http" + server.url().substr(5);
    EXPECT_THROW(sync_wait(loop, http.fetch(in_clear)), HttpNoAnswer);
    HttpRequest untrusting = request;
    untrusting.tls = {};
    EXPECT_THROW(sync_wait(loop, http.fetch(untrusting)), HttpNoAnswer);
  }
  sync_wait(loop, server.stop());
}

TEST_F(TlsTest, AServerNeedsACertificateAndItsKey) {
  const auto start = [&](const std::string& certificate, const std::string& key) {
    ServerOptions options;
    options.certificate_file = certificate;
    options.key_file = key;
    HttpServer(loop, [](HttpRequest request) { return echo(std::move(request)); }, options);
  };
  EXPECT_THROW(start(folder + "/none.pem", ""), Error);
  EXPECT_THROW(start(server_pem, client_pem), Error);
}

}  // namespace
}  // namespace heat
