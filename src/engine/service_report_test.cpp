#include "engine/service_report.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>

#include "async/task_group.h"
#include "async/virtual_loop.h"
#include "base/random.h"
#include "engine/owner_id.h"
#include "store/memory_store.h"

namespace heat {
namespace {

using std::chrono::seconds;

class ServiceReportTest : public testing::Test {
 protected:
  ServiceReportTest() { settings_.host = "node-1"; }

  std::vector<ServiceRow> rows() { return sync_wait(loop_, store_->services()); }
  std::string status() { return shown_service(rows().at(0), loop_.now())["status"].as_string(); }

  VirtualLoop loop_;
  SeededRandom random_{1};
  MemoryStore memory_{"a key of thirty-two characters.."};
  std::unique_ptr<Store> store_ = memory_.for_loop(loop_);
  EngineSettings settings_;
};

TEST_F(ServiceReportTest, AWorkerIsListedWhileItLives) {
  const std::string owner = new_owner_id("node-1", random_);
  ServiceReport report(loop_, *store_, settings_, owner);
  Cancel stopping;
  TaskGroup group(loop_);
  group.spawn(report.run(stopping));
  loop_.run_for(seconds(1));
  ASSERT_EQ(rows().size(), 1u);
  EXPECT_EQ(rows()[0].id, worker_of(owner));
  EXPECT_EQ(rows()[0].host, "node-1");
  EXPECT_EQ(rows()[0].updated_at, 0);
  EXPECT_EQ(status(), "up");
  loop_.run_for(seconds(601));
  EXPECT_EQ(status(), "up");
  EXPECT_GT(rows()[0].updated_at, rows()[0].created_at);
  stopping.request();
  loop_.run_for(seconds(1));
  EXPECT_TRUE(rows().empty());
}

TEST_F(ServiceReportTest, ASilentWorkerIsDownAndADeadOneGoes) {
  ServiceRow silent;  // of another host
  silent.id = "1";
  silent.owner = "other:boot:space:1:1:1";
  silent.report_interval = 60;
  silent.created_at = to_micros(loop_.now());
  ServiceRow dead = silent;
  dead.id = "2";
  dead.owner = owner_id_of(getpid(), "here", "2");
  dead.owner.replace(dead.owner.rfind(":2"), 2, "0:2");  // began at another time
  sync_wait(loop_, store_->commit(Changes().insert(silent).insert(dead)));
  EXPECT_TRUE(is_down(dead, loop_.now()));
  loop_.run_for(seconds(119));
  EXPECT_FALSE(is_down(silent, loop_.now()));
  loop_.run_for(seconds(2));
  EXPECT_TRUE(is_down(silent, loop_.now()));

  ServiceReport report(loop_, *store_, settings_, new_owner_id("node-1", random_));
  Cancel stopping;
  TaskGroup group(loop_);
  group.spawn(report.run(stopping));
  loop_.run_for(seconds(1));
  std::vector<std::string> ids;
  for (const ServiceRow& row : rows()) ids.push_back(row.id);
  EXPECT_EQ(ids.size(), 2u);
  EXPECT_EQ(std::ranges::count(ids, "2"), 0);
  stopping.request();
  loop_.run_for(seconds(1));
}

}  // namespace
}  // namespace heat
