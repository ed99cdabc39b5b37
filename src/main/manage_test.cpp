#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "main/programs.h"
#include "store/database.h"
#include "store/migrations.h"

namespace heat {
namespace {

constexpr const char* kKey = "a key of thirty-two characters..";

class ManageTest : public testing::Test {
 protected:
  ManageTest() {
    std::string pattern = testing::TempDir() + "heat-manage-XXXXXX";
    folder_ = mkdtemp(pattern.data());
    std::ofstream(config()) << "[DEFAULT]\nauth_encryption_key = " << kKey
                            << "\n[database]\nconnection = sqlite:///" << file() << "\n";
  }
  ~ManageTest() override { std::filesystem::remove_all(folder_); }

  std::string config() const { return folder_ / "heat.conf"; }
  std::string file() const { return folder_ / "heat.sqlite"; }

  /// What the command prints.
  std::string run(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--config-file", config()});
    testing::internal::CaptureStdout();
    const int code = manage_program(arguments);
    std::string printed = testing::internal::GetCapturedStdout();
    EXPECT_EQ(code, 0) << printed;
    return printed;
  }
  void add(Database& database, const AnyRow& row) {
    sqlite::Transaction transaction(database.connection());
    Changes changes;
    changes.insert(row);
    EXPECT_EQ(database.apply(changes), CommitResult::Done);
    transaction.commit();
  }
  StackRow deleted(const std::string& id, const std::string& project, Time when) {
    StackRow row;
    row.id = row.root_id = id;
    row.project_id = project;
    row.name = id;
    row.live = false;
    row.deleted_at = to_micros(when);
    return row;
  }

  std::filesystem::path folder_;
};

TEST_F(ManageTest, TheTablesAreMadeAndToldOf) {
  EXPECT_THROW(run({"db-version"}), Error);
  testing::internal::GetCapturedStdout();
  EXPECT_FALSE(std::filesystem::exists(file()));
  const std::string latest = std::to_string(latest_migration());
  EXPECT_EQ(run({"db-sync"}), file() + " is at version " + latest + "\n");
  EXPECT_EQ(run({"db_version"}), latest + "\n");
}

TEST_F(ManageTest, OldDeletedStacksArePurged) {
  Database database(file(), kKey);
  database.prepare();
  const Time now = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
  add(database, deleted("old", "p", now - std::chrono::hours(50)));
  add(database, deleted("other", "q", now - std::chrono::hours(50)));
  add(database, deleted("young", "p", now - std::chrono::hours(5)));
  EXPECT_EQ(run({"purge-deleted"}), "0 deleted stacks purged\n");
  EXPECT_EQ(run({"purge-deleted", "-g", "hours", "49", "p"}), "1 deleted stacks purged\n");
  EXPECT_EQ(run({"purge_deleted", "2"}), "1 deleted stacks purged\n");
  EXPECT_EQ(run({"purge-deleted", "-g", "seconds", "0", "-b", "1"}), "1 deleted stacks purged\n");
}

TEST_F(ManageTest, WorkersAreListedAndThoseThatAreDownCleaned) {
  Database database(file(), kKey);
  database.prepare();
  ServiceRow row;
  row.id = "8fd6";
  row.owner = "far:boot:space:1:1:8fd6";
  row.hostname = "far";
  row.report_interval = 60;
  row.created_at = 1;
  add(database, row);
  const std::string listed = run({"service", "list"});
  EXPECT_NE(listed.find("8fd6"), std::string::npos) << listed;
  EXPECT_NE(listed.find("down"), std::string::npos) << listed;
  EXPECT_EQ(run({"service", "clean"}), "1 workers that are down taken off the list\n");
  EXPECT_TRUE(database.services().empty());
}

TEST_F(ManageTest, WhatIsNoCommandIsWrongUsage) {
  testing::internal::CaptureStderr();
  EXPECT_EQ(manage_program({"purge-everything"}), 2);
  EXPECT_EQ(manage_program({"purge-deleted", "-g", "years", "1"}), 2);
  EXPECT_FALSE(testing::internal::GetCapturedStderr().empty());
}

}  // namespace
}  // namespace heat
