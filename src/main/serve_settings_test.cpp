#include "main/serve_settings.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "base/error.h"
#include "main/option.h"

namespace heat {
namespace {

class ServeSettingsTest : public testing::Test {
 protected:
  ServeSettings of(const std::string& text) {
    const std::string file = testing::TempDir() + "heat-serve-" + std::to_string(getpid());
    std::ofstream(file) << text;
    const Settings settings = load_settings(file, {});
    unlink(file.c_str());
    return serve_settings(settings);
  }

  /// Values that the option accepts, its default left out.
  std::vector<std::string> others(const Option& option) {
    std::vector<std::string> all = option.choices;
    if (all.empty() && std::holds_alternative<bool*>(option.target)) all = {"true", "false"};
    if (all.empty() && std::holds_alternative<int*>(option.target)) all = {"7"};
    if (all.empty()) all = {"sqlite:////some/other"};
    std::erase(all, option.text());
    return all;
  }
};

/// Every option that is known changes what some part of the program is handed, or is refused.
TEST_F(ServeSettingsTest, NoOptionIsReadInVain) {
  // With these, every option may count.
  const std::string base =
      "[keystone_authtoken]\nauth_url = http://k\nusername = heat\ncafile = /ca\n"
      "[trustee]\nusername = trustee\n[database]\nconnection = sqlite:////some/file\n"
      "[clients_keystone]\nca_file = /other\n";
  const ServeSettings before = of(base);
  Settings defaults;
  for (const Option& option : options(defaults)) {
    if (option.name == "auth_type") continue;  // both its values name the one way there is
    for (const std::string& value : others(option)) {
      if (value + "URL" == option.text() || value == option.text() + "URL") continue;
      const std::string line = "[" + option.group + "]\n" + option.name + " = " + value + "\n";
      try {
        EXPECT_NE(of(base + line), before) << line;
      } catch (const Error& error) {
        EXPECT_NE(error.message().find("[" + option.group + "] " + option.name), std::string::npos)
            << line << error.what();
      }
    }
  }
}

TEST_F(ServeSettingsTest, AServiceIsCalledAsItsSectionSays) {
  const SessionOptions session =
      of("[clients]\nendpoint_type = internal\nca_file = /ca\n"
         "[clients_nova]\nendpoint_type = admin\ninsecure = true\ncert_file = /c\nkey_file = /k\n")
          .cloud.session;
  EXPECT_EQ(session.access_to("network"), (ServiceAccess{"internal", {"/ca", "", "", false}}));
  EXPECT_EQ(session.access_to("compute"), (ServiceAccess{"admin", {"/ca", "/c", "/k", true}}));
  EXPECT_EQ(session.access_to("none such"), session.access_to("network"));
  EXPECT_EQ(session.access_to("block-storage"), session.access_to("volumev3"));
}

TEST_F(ServeSettingsTest, KeystonesCertificateIsToldOnceOrTwice) {
  const CloudSettings once = of("[keystone_authtoken]\ncafile = /ca\n").cloud;
  EXPECT_EQ(once.session.access_to("identity").tls.ca_file, "/ca");
  EXPECT_EQ(once.session.access_to("network").tls.ca_file, "");
  EXPECT_EQ(once.trustee.tls.ca_file, "/ca");
  const CloudSettings other = of("[clients]\nca_file = /all\n").cloud;
  EXPECT_EQ(other.service.tls.ca_file, "/all");
  const CloudSettings both =
      of("[keystone_authtoken]\ncafile = /a\n[clients_keystone]\nca_file = /b\n").cloud;
  EXPECT_EQ(both.service.tls.ca_file, "/a");
  EXPECT_EQ(both.session.access_to("identity").tls.ca_file, "/b");
}

TEST_F(ServeSettingsTest, TrustsAreGivenToTheTrustee) {
  const std::string service = "[keystone_authtoken]\nauth_url = http://k\nusername = heat\n";
  const CloudSettings one = of(service).cloud;
  EXPECT_EQ(one.trustee.user, one.service.user);
  const CloudSettings two = of(service + "[trustee]\nusername = trustee\npassword = p\n").cloud;
  EXPECT_EQ(two.service.user.user_name, "heat");
  EXPECT_EQ(two.trustee.user.user_name, "trustee");
  EXPECT_EQ(two.trustee.auth_url, "http://k");
}

TEST_F(ServeSettingsTest, TheLogHasAPlace) {
  EXPECT_EQ(of("").log.file, "");
  EXPECT_EQ(of("[DEFAULT]\nlog_dir = /var/log/heat\n").log.file, "/var/log/heat/heat.log");
  EXPECT_EQ(of("[DEFAULT]\nlog_dir = /l\nlog_file = e.log\n").log.file, "/l/e.log");
  EXPECT_EQ(of("[DEFAULT]\nlog_dir = /l\nlog_file = /m/e.log\n").log.file, "/m/e.log");
}

}  // namespace
}  // namespace heat
