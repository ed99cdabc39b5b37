#include "base/log.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "base/error.h"

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

TEST(Log, AFileThatCantBeWrittenIsAnError) {
  EXPECT_THROW(log::configure(log::Level::Info, log::Format::Text, "/proc/none/heat.log"), Error);
}

}  // namespace
}  // namespace heat
