#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "sim/crash/trial.h"

// The engine that carries out the example application on a simulated cloud is killed at each of its
// requests and commits, before the effect and after it; or the cloud fails it there. Soon after, it
// may be killed again. All must end as undisturbed: the same stack, the same things in the cloud,
// none twice and none left over.

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
  const Ask update_and_back{What::Update, with_other_key(), release_with_a_way_back()};
  Ask rolled_back{What::Update, failing(with_other_key()), release_with_a_way_back(), true};
  Ask failed_create{What::Create, failing(app()), "", true};
  Ask removal{What::Delete, "", ""};
  Ask superseding{What::Update, with_other_key(), release(), false, 1};
  Ask interrupting{What::Delete, "", "", false, 2};
  Ask cancelling{What::CancelUpdate, "", "", false, 1};
  Ask failing_late{What::Update, failing(with_other_key()), release(), true, 1};
  return {{"Create", {}, {create}},
          {"UpdateWithReplacement", {create}, {update}},
          {"Delete", {create}, {removal}},
          {"FailedCreate", {}, {failed_create}},
          {"RolledBackUpdate", {create}, {rolled_back}},
          {"SupersededUpdate", {create}, {Ask{What::Update, app(), release()}, superseding}},
          {"SupersedingUpdateFails", {create}, {Ask{What::Update, app(), release()}, failing_late}},
          {"CancelledUpdate", {create}, {update_and_back, cancelling}},
          {"DeleteDuringCreate", {}, {create, interrupting}},
          {"DeleteDuringUpdate", {create}, {update, interrupting}}};
}

/// Engine kills everywhere, and what a cloud may do to a request.
std::vector<Disturbance> disturbances(const Moment& moment) {
  using Fault = TwinFault::Kind;
  if (moment.at == Moment::At::Commit || moment.after) return {Disturbance()};
  return {{},
          TwinFault{Fault::LostAnswer},
          TwinFault{Fault::LostRequest},
          TwinFault{Fault::Unreachable},
          TwinFault{Fault::Status, 1, {}, 429},
          TwinFault{Fault::Status, 1, {}, 500},
          TwinFault{Fault::Status, 1, {}, 503}};
}

class Crash : public testing::TestWithParam<Act> {
 protected:
  static Trial::Outcome outcome(std::vector<Plan> plans) {
    Trial trial(7);
    trial.prepare(GetParam().before);
    return trial.run(GetParam().asks, std::move(plans));
  }
};

TEST_P(Crash, EndsAsUndisturbed) {
  int requests = 0, commits = 0;
  const Plan all = [&](const Moment& moment) {
    (moment.at == Moment::At::Request ? requests : commits) = moment.number;
    return disturbances(moment);
  };
  const Trial::Outcome outcome = this->outcome({sampled(40, all), sampled(13, killed_soon)});
  std::printf("%d requests, %d commits, %zu disturbances\n", requests, commits,
              outcome.disturbed.size());
  if (std::getenv("HEAT_CRASH_SHOW") != nullptr) std::printf("%s", outcome.calm.c_str());
  EXPECT_GT(outcome.disturbed.size(), 0u);
  for (const auto& [disturbance, seen] : outcome.disturbed)
    if (seen != outcome.calm)
      ADD_FAILURE() << disturbance << "\n" << differences(outcome.calm, seen);
}

TEST_P(Crash, UndisturbedItEndsAsItShould) {
  const std::string end = outcome({}).calm;
  EXPECT_EQ(end.find("_FAILED"), std::string::npos) << end;
  EXPECT_EQ(end, outcome({}).calm);
}

INSTANTIATE_TEST_SUITE_P(During, Crash, testing::ValuesIn(acts()),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace heat
