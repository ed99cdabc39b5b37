#include "main/heat_all.h"

#include <thread>

#include "async/task_group.h"
#include "base/log.h"
#include "engine/engine.h"
#include "engine/owner_id.h"
#include "engine/service_report.h"
#include "engine/worker.h"
#include "main/operator_environments.h"
#include "net/asio_loop.h"
#include "net/curl_http.h"
#include "resource/plugins.h"
#include "types/types.h"

namespace heat {

namespace {

/// A template in characters of four bytes is as large as one may be.
CurlOptions for_downloads(const EngineSettings& settings) {
  CurlOptions options;
  options.response_limit = 4 * settings.max_template_size;
  return options;
}

}  // namespace

/// One of the engine's workers on its loop.
struct HeatAll::EngineThread {
  EngineThread(SqliteStore& database, const Registry& registry, const ServeSettings& settings,
               Share its_share)
      : share(its_share),
        store(database.for_loop(loop)),
        http(loop),
        cloud(loop, http, settings.cloud),
        owner(new_owner_id(settings.engine.host, random)),
        worker(loop, *store, random, registry, &cloud, settings.engine, owner, share),
        report(loop, *store, settings.engine, owner),
        thread([this] { sync_wait(loop, run()); }) {}

  /// From any thread.
  void wake(const std::string& root_id) {
    loop.post([this, root_id] { worker.wake(root_id); });
  }
  void stop() {
    loop.post([this] {
      stopping.request();
      worker.stop();
      cloud.close();
    });
  }

  Task<> run() {
    TaskGroup both(loop);
    both.spawn(worker.run());
    both.spawn(report.run(stopping));
    co_await both.join();
  }

  const Share share;
  AsioLoop loop;
  SystemRandom random;
  std::unique_ptr<Store> store;
  CurlHttp http;
  CloudAccess cloud;
  const std::string owner;
  Worker worker;
  ServiceReport report;
  Cancel stopping;
  std::thread thread;
};

/// The API on its loop: it shares nothing with the engine but the database and a wake-up, as
/// between hosts.
struct HeatAll::ApiThread {
  ApiThread(SqliteStore& database, const Registry& registry, const ServeSettings& settings,
            std::function<void(const std::string& root_id)> wake)
      : store(database.for_loop(loop)),
        http(loop),
        downloads(loop, for_downloads(settings.engine)),
        cloud(loop, http, settings.cloud),
        engine(
            {loop, *store, random, registry, &cloud, settings.engine, std::move(wake), &downloads}),
        api(engine, cloud, random, settings.rest),
        server(
            loop, [this](HttpRequest request) { return api.handle(std::move(request)); },
            settings.listen),
        thread([this] { loop.run(); }) {}

  void stop() {
    loop.post([this] {
      ending.emplace(loop);
      ending->spawn(end());
    });
    thread.join();
  }
  Task<> end() {
    cloud.close();
    co_await server.stop();
    loop.stop();
  }

  AsioLoop loop;
  SystemRandom random;
  std::unique_ptr<Store> store;
  CurlHttp http;
  CurlHttp downloads;  ///< of templates, from wherever they are
  CloudAccess cloud;
  Engine engine;
  RestApi api;
  HttpServer server;
  std::optional<TaskGroup> ending;
  std::thread thread;
};

HeatAll::HeatAll(ServeSettings settings) {
  settings.engine.request_timeout = settings.cloud.session.request_timeout;
  database_ = std::make_unique<SqliteStore>(
      SqliteStore::Options{settings.database, settings.encryption_keys});
  register_types(registry_, settings.types);
  for (const auto& folder : settings.plugin_dirs) add_plugins(registry_, folder);
  registry_.set_query_limits(settings.query_limits);
  registry_.set_mappings(read_operator_mappings(settings.environment_dir));
  for (std::size_t number = 0; number < settings.engine_workers; ++number)
    engine_.push_back(std::make_unique<EngineThread>(*database_, registry_, settings,
                                                     Share{number, settings.engine_workers}));
  api_ = std::make_unique<ApiThread>(*database_, registry_, settings,
                                     [this](const std::string& root_id) { wake(root_id); });
  log::info("serving", {{"url", url()},
                        {"database", settings.database},
                        {"workers", std::to_string(settings.engine_workers)}});
}

HeatAll::~HeatAll() {
  api_->stop();
  for (const auto& worker : engine_) worker->stop();
  for (const auto& worker : engine_) worker->thread.join();
}

void HeatAll::wake(const std::string& root_id) {
  for (const auto& worker : engine_)
    if (worker->share.holds(root_id)) worker->wake(root_id);
}

std::string HeatAll::url() const { return api_->server.url(); }

}  // namespace heat
