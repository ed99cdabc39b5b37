#include "base/log.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <sstream>

#include "base/error.h"
#include "base/log_scope.h"

namespace heat {
namespace {

/// What the log holds after `write`, without the times in front.
std::string logged(log::Format format, void (*write)()) {
  const std::string file = testing::TempDir() + "heat-log-" + std::to_string(getpid());
  log::configure(log::Level::Info, format, file);
  write();
  log::configure(log::Level::Warning, log::Format::Text, "");
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  unlink(file.c_str());
  return text.str();
}

TEST(Log, ARecordIsOneLineOfText) {
  const std::string text = logged(log::Format::Text, [] {
    log::debug("not shown");
    log::info("stack made", {{"stack", "web 1"}, {"request", "req-7"}});
    log::error("two\nlines");
  });
  EXPECT_EQ(text.substr(27), " info    stack made stack=\"web 1\" request=req-7\n" +
                                 text.substr(text.find('\n') + 1, 27) +
                                 " error   \"two\\nlines\"\n");
}

TEST(Log, ARecordIsOneJsonObject) {
  const std::string text =
      logged(log::Format::Json, [] { log::warning("a \"quoted\" word", {{"stack", "s"}}); });
  EXPECT_EQ(text.rfind("{\"time\":\"2", 0), 0U) << text;
  EXPECT_EQ(text.substr(text.find(",\"level\"")),
            ",\"level\":\"warning\",\"message\":\"a \\\"quoted\\\" word\",\"stack\":\"s\"}\n");
}

TEST(Log, ScopesAddTheirFieldsOnce) {
  const std::string text = logged(log::Format::Text, [] {
    const log::Scope outer({{"stack", "far"}, {"request_id", "req-1"}});
    {
      const log::Scope inner({{"stack", "near"}});
      log::info("inside", {{"request_id", "own"}});
    }
    log::info("outside");
  });
  EXPECT_NE(text.find("inside request_id=own stack=near\n"), std::string::npos) << text;
  EXPECT_NE(text.find("outside stack=far request_id=req-1\n"), std::string::npos) << text;
}

TEST(Log, GoesOnInANewFileWhenToldSo) {
  const std::string file = testing::TempDir() + "heat-log-reopen-" + std::to_string(getpid());
  const std::string moved = file + ".1";
  log::configure(log::Level::Info, log::Format::Text, file);
  log::info("before");
  rename(file.c_str(), moved.c_str());
  log::info("still");
  log::reopen();
  log::info("after");
  log::configure(log::Level::Warning, log::Format::Text, "");
  const auto lines = [](const std::string& name) {
    std::ifstream stream(name);
    std::string line, all;
    while (std::getline(stream, line)) all += line.substr(line.rfind(' ') + 1) + " ";
    return all;
  };
  EXPECT_EQ(lines(moved), "before still ");
  EXPECT_EQ(lines(file), "after ");
  unlink(file.c_str());
  unlink(moved.c_str());
}

TEST(Log, AFileThatCantBeWrittenIsAnError) {
  EXPECT_THROW(log::configure(log::Level::Info, log::Format::Text, "/proc/none/heat.log"), Error);
}

}  // namespace
}  // namespace heat
