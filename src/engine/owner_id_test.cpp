#include "engine/owner_id.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace heat {
namespace {

std::string with(std::string id, const std::string& from, const std::string& to) {
  return id.replace(id.find(from), from.size(), to);
}

TEST(OwnerId, AProcessOfThisHostIsSeenToDie) {
  const pid_t child = fork();
  if (child == 0) {
    pause();
    _exit(0);
  }
  const std::string id = owner_id_of(child, "host", "worker");
  EXPECT_FALSE(is_dead(id));
  kill(child, SIGKILL);
  siginfo_t info;
  waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT);
  EXPECT_TRUE(is_dead(id)) << "not yet waited for";
  waitpid(child, nullptr, 0);
  EXPECT_TRUE(is_dead(id));
}

TEST(OwnerId, AnotherProcessOfTheSameNumberIsNotIt) {
  const std::string id = owner_id_of(getpid(), "host", "worker");
  EXPECT_FALSE(is_dead(id));
  const std::string earlier =
      with(id, ":" + std::to_string(getpid()) + ":", ":" + std::to_string(getpid()) + ":1");
  EXPECT_TRUE(is_dead(earlier)) << earlier;
}

TEST(OwnerId, OfOtherHostsAndSpacesNothingIsKnown) {
  const std::string id = owner_id_of(getpid(), "host", "worker");
  EXPECT_FALSE(is_dead(with(id, "pid[", "pid[9")));
  EXPECT_FALSE(is_dead("host:another-boot:" + id.substr(id.find("pid["))));
  EXPECT_FALSE(is_dead("worker-1"));
  EXPECT_FALSE(is_dead(""));
}

}  // namespace
}  // namespace heat
