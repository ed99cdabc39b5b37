#include "main/settings.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "main/ini_file.h"
#include "main/option.h"

namespace heat {
namespace {

class SettingsTest : public testing::Test {
 protected:
  SettingsTest() {
    std::string pattern = testing::TempDir() + "heat-settings-XXXXXX";
    folder_ = mkdtemp(pattern.data());
  }
  ~SettingsTest() override { std::filesystem::remove_all(folder_); }

  Settings load(const std::string& text, const Variables& environment = {}) {
    std::ofstream(file()) << text;
    return load_settings(file(), environment);
  }
  std::string file() const { return folder_ / "heat.conf"; }

  /// The message of the Error, with its line.
  std::string complaint(const std::string& text, const Variables& environment = {}) {
    try {
      load(text, environment);
    } catch (const Error& error) {
      const int line = error.position() ? error.position()->line : 0;
      return std::to_string(line) + ": " + error.message();
    }
    return "none";
  }

  std::filesystem::path folder_;
};

TEST_F(SettingsTest, HasTheOriginalsDefaults) {
  const Settings settings = load_settings("", {});
  EXPECT_EQ(settings.max_resources_per_stack, 1000);
  EXPECT_EQ(settings.heat_api.bind_port, 8004);
  EXPECT_EQ(settings.client("nova").endpoint_type, "public");
  EXPECT_EQ(settings.client("no such service").endpoint_type, "public");
}

// What the original's own reader gives for these lines.
TEST_F(SettingsTest, ReadsTheFormatOfOsloConfig) {
  const std::vector<IniEntry> entries = read_ini(
      "# a comment\n; another\n[DEFAULT]\na = plain  \nb: colon = and equals\n"
      "c = first\n    second\n\tthird\nd = \"quoted text \"\ne = 'single'\nf =\n"
      "i = value # not a comment\nj = \"unbalanced\n\n[grp]\r\nl = ell",
      "f");
  const std::vector<std::pair<std::string, std::string>> expected{{"a", "plain"},
                                                                  {"b", "colon = and equals"},
                                                                  {"c", "first\nsecond\nthird"},
                                                                  {"d", "quoted text "},
                                                                  {"e", "single"},
                                                                  {"f", ""},
                                                                  {"i", "value # not a comment"},
                                                                  {"j", "\"unbalanced"},
                                                                  {"l", "ell"}};
  ASSERT_EQ(entries.size(), expected.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    EXPECT_EQ(entries[i].name, expected[i].first);
    EXPECT_EQ(entries[i].value, expected[i].second);
  }
  EXPECT_EQ(entries.back().group, "grp");
  EXPECT_EQ(entries.back().position.line, 16);
}

TEST_F(SettingsTest, TakesValuesOfEveryType) {
  const Settings settings = load(
      "[DEFAULT]\nmax_resources_per_stack = -1\ndebug = On\n"
      "trusts_delegated_roles = member, reader,\n"
      "[database]\nconnection = sqlite:////var/lib/heat.sqlite\n"
      "[heat_api]\nbind_host = 127.0.0.1\nbind_port=1\nbind_port = 65535\n"
      "[trustee]\npassword = \" with blanks \"\n");
  EXPECT_EQ(settings.max_resources_per_stack, -1);
  EXPECT_TRUE(settings.debug);
  EXPECT_EQ(settings.trusts_delegated_roles, (std::vector<std::string>{"member", "reader"}));
  EXPECT_EQ(settings.database_file(), "/var/lib/heat.sqlite");
  EXPECT_EQ(settings.heat_api.bind_port, 65535);
  EXPECT_EQ(settings.trustee.password, " with blanks ");
}

TEST_F(SettingsTest, PutsTheEnvironmentOverTheFile) {
  const Settings settings = load("[heat_api]\nbind_port = 1\nbind_host = ::1\n",
                                 {{"HEAT_HEAT_API_BIND_PORT", "2"},
                                  {"HEAT_DEFAULT_DEBUG", "true"},
                                  {"HEAT_CLIENTS_NOVA_INSECURE", "yes"},
                                  {"HEAT_DEFAULT_NO_SUCH", "only a warning"},
                                  {"PATH", "/bin"}});
  EXPECT_EQ(settings.heat_api.bind_port, 2);
  EXPECT_EQ(settings.heat_api.bind_host, "::1");
  EXPECT_TRUE(settings.debug);
  EXPECT_TRUE(settings.client("nova").insecure);
  EXPECT_FALSE(settings.client("neutron").insecure);
}

TEST_F(SettingsTest, LetsAServiceDifferFromTheOthers) {
  const Settings settings = load(
      "[clients_nova]\nendpoint_type = admin\n[clients]\nendpoint_type = internal\nca_file = "
      "/ca\n");
  EXPECT_EQ(settings.client("nova").endpoint_type, "admin");
  EXPECT_EQ(settings.client("nova").ca_file, "/ca");
  EXPECT_EQ(settings.client("glance").endpoint_type, "internal");
}

TEST_F(SettingsTest, FillsInOtherValues) {
  const Settings settings = load(
      "[DEFAULT]\nstate = /var/lib/heat\nlog_file = $state/${name}.log\nname = heat$$1\n"
      "[database]\nconnection = sqlite:///${DEFAULT.state}/$debug.sqlite\n");
  EXPECT_EQ(settings.log_file, "/var/lib/heat/heat$1.log");
  EXPECT_EQ(settings.database_file(), "/var/lib/heat/false.sqlite");
  EXPECT_EQ(complaint("[DEFAULT]\nlog_file = $nothing\n"),
            "2: \"$nothing\" names no option; write \"$$\" for a dollar.");
  EXPECT_EQ(complaint("[DEFAULT]\n\nlog_file = $log_file\n"), "3: The value refers to itself.");
}

TEST_F(SettingsTest, SaysWhereAValueIsWrong) {
  EXPECT_EQ(complaint("[heat_api]\n# port\nbind_port = 70000\n"),
            "3: [heat_api] bind_port must be a whole number from 0 to 65535, not \"70000\".");
  EXPECT_EQ(complaint("[DEFAULT]\ndebug = maybe\n"),
            "2: [DEFAULT] debug must be true or false, not \"maybe\".");
  EXPECT_EQ(complaint("[DEFAULT]\ndeferred_auth_method = hope\n"),
            "2: [DEFAULT] deferred_auth_method must be one of trusts, password, not \"hope\".");
  EXPECT_EQ(complaint("", {{"HEAT_DEFAULT_DEBUG", "maybe"}}),
            "0: [DEFAULT] debug must be true or false, not \"maybe\". (environment variable "
            "HEAT_DEFAULT_DEBUG)");
  EXPECT_EQ(complaint("[DEFAULT\n"),
            "1: A section is written as \"[name]\", on a line of its own.");
  EXPECT_EQ(complaint("debug\n"), "1: Expected \"name = value\".");
  EXPECT_EQ(complaint("= 1\n"), "1: There is no name before the \"=\".");
  EXPECT_EQ(complaint("[DEFAULT]\n  more\n").substr(0, 2), "2:");
  EXPECT_THROW(load_settings(file() + ".missing", {}), Error);
}

TEST_F(SettingsTest, IgnoresWhatItDoesNotKnow) {
  EXPECT_EQ(complaint("[DEFAULT]\ndebgu = maybe\n[oslo_messaging]\nx = 1\n"), "none");
}

TEST_F(SettingsTest, RefusesOtherDatabases) {
  EXPECT_THROW(load("[database]\nconnection = mysql://x\n").database_file(), Error);
  EXPECT_EQ(load("").database_file(), "");
}

TEST_F(SettingsTest, WritesASampleThatReadsAsTheDefaults) {
  std::string sample = sample_settings();
  EXPECT_NE(sample.find("[heat_api]"), std::string::npos);
  for (std::size_t at = 0; (at = sample.find("\n#", at)) != std::string::npos; ++at)
    if (sample[at + 2] != ' ') sample.erase(at + 1, 1);
  Settings read = load(sample), defaults;
  const std::vector<Option> a = options(read), b = options(defaults);
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_EQ(a[i].text(), b[i].text()) << a[i].name;
}

}  // namespace
}  // namespace heat
