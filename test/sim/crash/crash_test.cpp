#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "sim/crash/trial.h"

// The engine that carries out the example application on a simulated cloud is killed at each of its
// requests and commits, before the effect and after it; or the cloud fails it there. All must end
// as undisturbed: the same stack, the same things in the cloud, none twice and none left over.

namespace heat {
namespace {

std::string file(const std::string& name) {
  std::ifstream in(std::string(HEAT_EXAMPLES) + "/" + name);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const auto at = text.find(what);
  check(at != std::string::npos, "the example application has changed");
  return text.replace(at, what.size(), by);
}

/// The application as it is, its update in place, one that replaces the key and all servers, and
/// one that fails at its end.
std::string app() { return file("app.yaml"); }
std::string release() { return file("app-v2.yaml"); }
/// Without what the cloud can't take back: a volume does not shrink.
std::string release_with_a_way_back() { return replaced(release(), "  disk_size: 2\n", ""); }
std::string with_other_key() { return replaced(app(), "}, key]]", "}, other]]"); }
std::string failing(const std::string& source) {
  return replaced(source, "\noutputs:", R"(
  broken:
    type: OS::Heat::TestResource
    depends_on: [web_1, web_2, public_web, disk_in_database]
    properties: {fail: true}

outputs:)");
}

struct Act {
  const char* name;
  std::vector<Ask> before, asks;
};

void PrintTo(const Act& act, std::ostream* out) { *out << act.name; }

std::vector<Act> acts() {
  using What = Ask::What;
  const Ask create{What::Create, app(), ""};
  const Ask update{What::Update, with_other_key(), release()};
  Ask rolled_back{What::Update, failing(with_other_key()), release_with_a_way_back(), true};
  Ask failed_create{What::Create, failing(app()), "", true};
  Ask removal{What::Delete, "", ""};
  Ask superseding{What::Update, with_other_key(), release(), false, 1};
  Ask interrupting{What::Delete, "", "", false, 2};
  return {{"Create", {}, {create}},
          {"UpdateWithReplacement", {create}, {update}},
          {"Delete", {create}, {removal}},
          {"FailedCreate", {}, {failed_create}},
          {"RolledBackUpdate", {create}, {rolled_back}},
          {"SupersededUpdate", {create}, {Ask{What::Update, app(), release()}, superseding}},
          {"DeleteDuringCreate", {}, {create, interrupting}}};
}

/// Every how many points a disturbance is tried: HEAT_CRASH_STRIDE, else some.
int stride() {
  const char* given = std::getenv("HEAT_CRASH_STRIDE");
  return given == nullptr ? 40 : std::max(1, std::atoi(given));
}

class Crash : public testing::TestWithParam<Act> {
 protected:
  static constexpr std::uint64_t kSeed = 7;

  void SetUp() override {
    Trial calm(kSeed);
    calm.prepare(GetParam().before);
    calm.run(GetParam().asks, {});
    expected_ = calm.seen();
    requests_ = calm.requests();
    commits_ = calm.commits();
  }

  void expect_same(const Disturbance& disturbance) {
    Trial trial(kSeed);
    trial.prepare(GetParam().before);
    met_ += trial.run(GetParam().asks, disturbance) ? 1 : 0;
    EXPECT_EQ(differences(expected_, trial.seen()), "") << to_string(disturbance);
  }

  void try_all(const std::function<Disturbance(int)>& at, int last) {
    const int first = 1 + static_cast<int>(met_) % stride();
    for (int number = first; number <= last; number += stride()) expect_same(at(number));
  }

  std::string expected_;
  int requests_ = 0, commits_ = 0;
  int met_ = 0;
};

TEST_P(Crash, UndisturbedItEndsAsItShould) {
  Trial again(kSeed);
  again.prepare(GetParam().before);
  again.run(GetParam().asks, {});
  EXPECT_EQ(again.seen(), expected_);
  EXPECT_EQ(expected_.find("_FAILED"), std::string::npos) << expected_;
  std::printf("%d requests, %d commits\n", requests_, commits_);
  if (std::getenv("HEAT_CRASH_SHOW") != nullptr) std::printf("%s", expected_.c_str());
}

TEST_P(Crash, KilledAtARequest) {
  for (const bool after : {false, true})
    try_all([&](int n) { return Disturbance{Disturbance::Kind::KillAtRequest, n, after, {}}; },
            requests_);
  EXPECT_GT(met_, 0);
}

TEST_P(Crash, KilledAtACommit) {
  for (const bool after : {false, true})
    try_all([&](int n) { return Disturbance{Disturbance::Kind::KillAtCommit, n, after, {}}; },
            commits_);
  EXPECT_GT(met_, 0);
}

TEST_P(Crash, TheCloudFailsARequest) {
  using Fault = TwinFault::Kind;
  for (const TwinFault& fault :
       {TwinFault{Fault::LostAnswer}, TwinFault{Fault::LostRequest}, TwinFault{Fault::Unreachable},
        TwinFault{Fault::Status, 1, {}, 429}, TwinFault{Fault::Status, 1, {}, 500},
        TwinFault{Fault::Status, 1, {}, 503}})
    try_all([&](int n) { return Disturbance{Disturbance::Kind::Fault, n, false, fault}; },
            requests_);
}

INSTANTIATE_TEST_SUITE_P(During, Crash, testing::ValuesIn(acts()),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace heat
