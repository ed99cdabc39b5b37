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

#include "net/asio_loop.h"
#include "net/curl_http.h"

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

  int status(const TlsServer& server, CurlOptions options) {
    CurlHttp http(loop, options);
    HttpRequest request;
    request.url = server.url();
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
  CurlOptions with_ca;
  with_ca.ca_file = server_pem;
  EXPECT_EQ(status(server, with_ca), 200);
  with_ca.ca_file = client_pem;
  EXPECT_THROW(status(server, with_ca), HttpNoAnswer);
  CurlOptions insecure;
  insecure.insecure = true;
  EXPECT_EQ(status(server, insecure), 200);
}

TEST_F(TlsTest, AServerMayAskForAClientCertificate) {
  const TlsServer server(server_pem, client_pem);
  CurlOptions options;
  options.ca_file = server_pem;
  EXPECT_THROW(status(server, options), HttpNoAnswer);
  options.client_certificate = client_pem;
  options.client_key = client_pem;
  EXPECT_EQ(status(server, options), 200);
}

}  // namespace
}  // namespace heat
