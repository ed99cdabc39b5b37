// Measures the engine without a cloud: whole stacks through the operations, the store on a file,
// durable as in production. Limits are raised. Prints a table, or JSON lines with --json.
//
//   engine_bench [--json] [flat:1000 chain:1000 values:1000 …]

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "base/random.h"
#include "engine/engine.h"
#include "engine/worker.h"
#include "measure.h"
#include "net/asio_loop.h"
#include "store/sqlite_store.h"
#include "types/types.h"

namespace heat::bench {
namespace {

struct Scenario {
  std::string kind;
  int count;
};

Value resource(const Scenario& scenario, int index, const std::string& salt) {
  const std::string number = std::to_string(index);
  const auto name = [](int other) { return "r" + std::to_string(other); };
  if (scenario.kind == "values") {
    List parts{salt, number};
    if (index > 0) parts.push_back(Map{{"get_attr", List{name(index / 2), "value"}}});
    return Map{{"type", "OS::Heat::Value"},
               {"properties", Map{{"value", Map{{"list_join", List{"-", std::move(parts)}}}}}}};
  }
  Value value = salt + "-" + number;
  if (scenario.kind == "chain" && index > 0)
    value = Map{{"get_attr", List{name(index - 1), "output"}}};
  return Map{{"type", "OS::Heat::TestResource"}, {"properties", Map{{"value", value}}}};
}

Value template_of(const Scenario& scenario, const std::string& salt) {
  Map resources;
  for (int i = 0; i < scenario.count; ++i)
    resources.set("r" + std::to_string(i), resource(scenario, i, salt));
  return Map{{"heat_template_version", "2018-08-31"}, {"resources", std::move(resources)}};
}

/// One process with everything but the network: store, engine, worker, loop.
class House {
 public:
  House() : folder_(std::filesystem::temp_directory_path() / ("heat-bench-" + random_.uuid())) {
    std::filesystem::create_directory(folder_);
    SqliteStore::Options options;
    options.path = folder_ / "heat.sqlite";
    options.encryption_keys = "0123456789abcdef0123456789abcdef";
    database_ = std::make_unique<SqliteStore>(options);
    store_ = database_->for_loop(loop_);
    EngineSettings settings;
    settings.max_resources_per_stack = -1;
    settings.max_template_size = 1u << 30;
    register_types(registry_);
    worker_ =
        std::make_unique<Worker>(loop_, *store_, random_, registry_, nullptr, settings, "bench");
    engine_ = std::make_unique<Engine>(
        Engine::Parts{.loop = loop_,
                      .store = *store_,
                      .random = random_,
                      .registry = registry_,
                      .sessions = nullptr,
                      .settings = settings,
                      .wake = [this](const std::string& root) { worker_->wake(root); }});
    workers_.spawn(worker_->run());
    context_.project_id = "bench";
  }

  ~House() {
    worker_->stop();
    sync_wait(loop_, workers_.join());
    worker_.reset();
    engine_.reset();
    store_.reset();
    database_.reset();
    std::filesystem::remove_all(folder_);
  }

  void create(Value source) { finish(submit(std::move(source), false), "CREATE"); }
  void update(Value source) { finish(submit(std::move(source), true), "UPDATE"); }
  void remove() { finish(engine_->delete_stack(context_, "bench"), "DELETE"); }

 private:
  Task<> submit(Value source, bool is_update) {
    StackRequest request;
    request.name = "bench";
    request.template_source = std::move(source);
    request.args = Map{{"disable_rollback", true}, {"timeout_mins", 60}};
    if (is_update)
      co_await engine_->update_stack(context_, "bench", request);
    else
      id_ = (co_await engine_->create_stack(context_, request)).stack_id;
  }

  Task<> until_done(std::string action) {
    for (;;) {
      const auto row = co_await store_->stack(std::nullopt, id_);
      check(row.has_value(), "the stack is gone");
      if (action == "UPDATE" && row->updated_at == updated_at_) {
        co_await sleep_for(loop_, std::chrono::milliseconds(2), Cancel());
        continue;  // not begun yet
      }
      if (row->action == action && row->status == "COMPLETE") {
        updated_at_ = row->updated_at;
        co_return;
      }
      if (row->action == action && row->status == "FAILED") {
        std::fprintf(stderr, "%s\n", row->status_reason.c_str());
        check(false, "the stack failed");
      }
      co_await sleep_for(loop_, std::chrono::milliseconds(2), Cancel());
    }
  }

  Task<> both(Task<> request, std::string action) {
    co_await std::move(request);
    co_await until_done(std::move(action));
  }

  void finish(Task<> request, std::string action) {
    sync_wait(loop_, both(std::move(request), std::move(action)));
  }

  AsioLoop loop_;
  SystemRandom random_;
  std::filesystem::path folder_;
  std::unique_ptr<SqliteStore> database_;
  std::unique_ptr<Store> store_;
  Registry registry_;
  std::unique_ptr<Worker> worker_;
  std::unique_ptr<Engine> engine_;
  TaskGroup workers_{loop_};
  Context context_;
  std::string id_;
  std::int64_t updated_at_ = 0;  // of the last update that was seen
};

void print(const Scenario& scenario, const char* operation, const Measure& measured, bool json) {
  std::printf(json ? "{\"scenario\": \"%s:%d\", \"operation\": \"%s\", \"seconds\": %.4f, "
                     "\"cpu_seconds\": %.4f, \"peak_mib\": %.1f}\n"
                   : "%-8s %6d  %-15s %9.4f s %9.4f s CPU %8.1f MiB\n",
              scenario.kind.c_str(), scenario.count, operation, measured.seconds,
              measured.cpu_seconds, measured.peak_mib);
  std::fflush(stdout);
}

void run(const Scenario& scenario, bool json) {
  House house;
  const Value first = template_of(scenario, "first");
  const Value second = template_of(scenario, "second");
  print(scenario, "create", measure([&] { house.create(first); }), json);
  print(scenario, "update nothing", measure([&] { house.update(first); }), json);
  print(scenario, "update all", measure([&] { house.update(second); }), json);
  print(scenario, "delete", measure([&] { house.remove(); }), json);
}

}  // namespace
}  // namespace heat::bench

int main(int argc, char** argv) {
  bool json = false;
  std::vector<heat::bench::Scenario> scenarios;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--json") == 0) {
      json = true;
      continue;
    }
    const std::string word = argv[i];
    const auto colon = word.find(':');
    const std::string kind = word.substr(0, colon);
    const int count = colon == std::string::npos ? 0 : std::atoi(word.c_str() + colon + 1);
    if (count <= 0 || (kind != "flat" && kind != "chain" && kind != "values")) {
      std::fprintf(stderr, "usage: engine_bench [--json] [flat:N | chain:N | values:N]...\n");
      return 2;
    }
    scenarios.push_back({kind, count});
  }
  if (scenarios.empty())
    scenarios = {{"flat", 100}, {"flat", 1000}, {"flat", 10000}, {"chain", 1000}, {"values", 1000}};
  for (const auto& scenario : scenarios) {
    // Each in a process of its own, so that its peak of memory is its own.
    const pid_t child = fork();
    if (child == 0) {
      heat::bench::run(scenario, json);
      return 0;
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) < 0 || status != 0) return 1;
  }
}
