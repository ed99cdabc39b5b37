#include <gtest/gtest.h>

#include "async/virtual_loop.h"
#include "cloud/catalogue.h"
#include "cloud/credentials.h"
#include "cloud/session.h"
#include "cloud/token.h"
#include "cloud/wire.h"
#include "text/write.h"

namespace heat {
namespace {

CloudRequest get(std::string service, std::string path) {
  CloudRequest request;
  request.service = std::move(service);
  request.path = std::move(path);
  return request;
}

TEST(Catalogue, AServiceIsFoundByAnyOfItsNames) {
  const Catalogue catalogue(from_json(R"([
    {"type": "volumev2", "endpoints": [{"interface": "public", "region": "one", "url": "old"}]},
    {"type": "block-storage", "endpoints": [
      {"interface": "internal", "region_id": "one", "url": "inside"},
      {"interface": "public", "region_id": "one", "url": "first"},
      {"interface": "public", "region_id": "two", "url": "second"}]},
    {"type": "unheard", "endpoints": [
      {"interface": "public", "region": "one", "url": "u"}]}])"));
  EXPECT_EQ(catalogue.url("volumev3", "one", "public"), "first");
  EXPECT_EQ(catalogue.url("volumev3", "two", "publicURL"), "second");
  EXPECT_EQ(catalogue.url("volumev3", "", "internalURL"), "inside");
  EXPECT_EQ(catalogue.url("volumev3", "three", "public"), std::nullopt);
  EXPECT_EQ(catalogue.url("unheard", "one", "public"), "u");
  EXPECT_EQ(catalogue.url("network", "one", "public"), std::nullopt);
  EXPECT_EQ(Catalogue().url("network", "", "public"), std::nullopt);
}

TEST(Catalogue, EveryUsualFormOfAnEndpointLeadsToOne) {
  const std::vector<std::array<std::string, 3>> forms = {
      {"compute", "http://c:8774/v2.1", "http://c:8774/v2.1"},
      {"compute", "http://c:8774/v2.1/p1", "http://c:8774/v2.1"},
      {"compute", "http://c/compute/v2/", "http://c/compute/v2.1"},
      {"compute", "http://c/compute", "http://c/compute/v2.1"},
      {"volumev3", "http://c:8776/v3/p1", "http://c:8776/v3/p1"},
      {"volumev3", "http://c:8776/v3", "http://c:8776/v3/p1"},
      {"block-storage", "http://c:8776/v2/p1", "http://c:8776/v3/p1"},
      {"volumev3", "http://c:8776", "http://c:8776/v3/p1"},
      {"identity", "http://c:5000", "http://c:5000/v3"},
      {"identity", "http://c/identity/v2.0", "http://c/identity/v3"},
      {"network", "http://c:9696/", "http://c:9696"},
      {"object-store", "http://c:8080/v1/AUTH_p1", "http://c:8080/v1/AUTH_p1"},
  };
  for (const auto& [service, url, expected] : forms) {
    EXPECT_EQ(endpoint_url(service, url, "p1"), expected) << url;
  }
  EXPECT_EQ(request_url("http://n", "/v2.0/ports?a=b"), "http://n/v2.0/ports?a=b");
  EXPECT_EQ(request_url("http://n/v2.0", "/v2.0/ports"), "http://n/v2.0/ports");
  EXPECT_EQ(request_url("http://g/v2", "/v2/images"), "http://g/v2/images");
  EXPECT_EQ(request_url("http://c/v2.1", "/servers"), "http://c/v2.1/servers");
  EXPECT_EQ(request_url("http://s/v1/AUTH_p1", "?format=json"), "http://s/v1/AUTH_p1?format=json");
  EXPECT_EQ(request_url("http://s/v1/AUTH_p1", ""), "http://s/v1/AUTH_p1");
}

TEST(Credentials, EachMethodHasItsBody) {
  Credentials c;
  c.user_name = "demo";
  c.user_domain_name = "Default";
  c.password = "secret";
  c.project_id = "p1";
  EXPECT_EQ(to_json(auth_request(c)),
            R"({"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"demo",)"
            R"("domain":{"name":"Default"},"password":"secret"}}},)"
            R"("scope":{"project":{"id":"p1"}}}})");
  c.trust_id = "t1";
  EXPECT_EQ(to_json(auth_request(c)["auth"]["scope"]), R"({"OS-TRUST:trust":{"id":"t1"}})");
  Credentials a;
  a.application_credential_id = "a1";
  a.application_credential_secret = "s";
  a.project_id = "p1";
  EXPECT_EQ(to_json(auth_request(a)),
            R"({"auth":{"identity":{"methods":["application_credential"],)"
            R"("application_credential":{"secret":"s","id":"a1"}}}})");
  Credentials t;
  t.token = "abc";
  t.project_name = "demo";
  t.project_domain_id = "default";
  EXPECT_EQ(to_json(auth_request(t)),
            R"({"auth":{"identity":{"methods":["token"],"token":{"id":"abc"}},)"
            R"("scope":{"project":{"name":"demo","domain":{"id":"default"}}}}})");
  Credentials incomplete;
  incomplete.user_name = "demo";
  EXPECT_THROW(auth_request(incomplete), Error);
}

TEST(CloudError, TheServicesOwnMessageIsFound) {
  const auto error = [](std::string service, int status, std::string body) {
    const HttpResponse answer{status, {{"x-openstack-request-id", "req-1"}}, std::move(body)};
    return cloud_error(get(service, "/x?name=y"), read_answer(answer));
  };
  const auto says = [&](std::string service, int status, std::string body) {
    return error(service, status, body).message();
  };
  const std::string end = " (Request-ID: req-1)";
  EXPECT_EQ(says("compute", 404,
                 R"({"itemNotFound": {"code": 404, "message": "Flavor xx could not be found."}})"),
            "Flavor xx could not be found. (HTTP 404)" + end);
  EXPECT_EQ(
      says("network", 409,
           R"({"NeutronError": {"type": "IpAddressInUse", "message": "Busy.", "detail": ""}})"),
      "Busy. (HTTP 409)" + end);
  EXPECT_EQ(says("orchestration", 400,
                 R"({"code":400,"explanation":"It is wrong.","error":{"message":"No template."}})"),
            "No template. (HTTP 400)" + end);
  EXPECT_EQ(says("identity", 403, R"({"error":{"code":403,"message":"No.","title":"Forbidden"}})"),
            "No. (HTTP 403)" + end);
  EXPECT_EQ(
      says("image", 404,
           "<html>\n <head>\n  <title>404 Not Found</title>\n </head>\n <body>\n"
           "  <h1>404 Not Found</h1>\n  No image found with ID xx<br /><br />\n </body></html>"),
      "No image found with ID xx (HTTP 404)" + end);
  EXPECT_EQ(says("image", 404, R"({"message": "No image found with ID xx<br /><br />\n\n\n"})"),
            "No image found with ID xx (HTTP 404)" + end);
  EXPECT_EQ(says("load-balancer", 400, R"({"faultcode": "Client", "faultstring": "Wrong."})"),
            "Wrong. (HTTP 400)" + end);
  EXPECT_EQ(says("placement", 400, R"({"errors": [{"status": 400, "title": "Bad"}]})"),
            "Bad (HTTP 400)" + end);
  EXPECT_EQ(says("dns", 500, "oops\n"), "oops (HTTP 500)" + end);
  EXPECT_EQ(says("dns", 500, "{broken"), "{broken (HTTP 500)" + end);
  EXPECT_EQ(says("dns", 502, ""),
            "The dns service gave no reason for refusing GET /x. (HTTP 502)" + end);
  EXPECT_EQ(error("compute", 404, "").kind(), ErrorKind::NotFound);
  EXPECT_EQ(error("image", 404, "").kind(), ErrorKind::HTTPNotFound);
  EXPECT_EQ(error("compute", 413, "").kind(), ErrorKind::OverLimit);
  EXPECT_EQ(error("network", 409, "").kind(), ErrorKind::Conflict);
  EXPECT_EQ(error("network", 409, R"({"NeutronError": {"type": "OverQuota"}})").kind(),
            ErrorKind::OverLimit);
  EXPECT_EQ(error("network", 422, "").kind(), ErrorKind::BadRequest);
  EXPECT_EQ(error("network", 500, "").kind(), ErrorKind::InternalError);
  EXPECT_EQ(error("network", 503, "").kind(), ErrorKind::ServiceUnavailable);
}

TEST(Wire, HeadersSayTypeTokenAndMicroversion) {
  auto request = get("compute", "/servers");
  request.method = "POST";
  request.body = Map{{"a", 1}};
  request.microversion = "2.90";
  auto http = write_request(request, "http://nova/v2.1", "secret");
  EXPECT_EQ(http.url, "http://nova/v2.1/servers");
  EXPECT_EQ(http.body, "{\"a\":1}");
  EXPECT_EQ(http.headers.get("Content-Type"), "application/json");
  EXPECT_EQ(http.headers.get("X-Auth-Token"), "secret");
  EXPECT_EQ(http.headers.get("OpenStack-API-Version"), "compute 2.90");
  EXPECT_EQ(http.headers.get("X-OpenStack-Nova-API-Version"), "2.90");
  request.service = "block-storage";
  request.headers.set("Content-Type", "text/plain");
  request.body = "as it is";
  http = write_request(request, "http://cinder/v3", "secret");
  EXPECT_EQ(http.headers.get("OpenStack-API-Version"), "volume 2.90");
  EXPECT_EQ(http.body, "as it is");
}

TEST(Token, WhatIsNoTokenIsSaid) {
  EXPECT_THROW(read_token("id", from_json("{}")), Error);
  EXPECT_THROW(read_token("id", Value("<html>")), Error);
}

}  // namespace
}  // namespace heat
