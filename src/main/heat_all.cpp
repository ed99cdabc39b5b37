#include "main/heat_all.h"

#include <thread>

#include "async/task_group.h"
#include "base/log.h"
#include "engine/engine.h"
#include "engine/owner_id.h"
#include "engine/worker.h"
#include "net/asio_loop.h"
#include "resource/plugins.h"
#include "types/types.h"

namespace heat {

/// The engine's worker on its loop.
struct HeatAll::EngineThread {
  EngineThread(SqliteStore& database, const Registry& registry, const ServeSettings& settings)
      : store(database.for_loop(loop)),
        http(loop, settings.cloud.transport),
        cloud(loop, http, settings.cloud),
        worker(loop, *store, random, registry, &cloud, settings.engine,
               new_owner_id(settings.engine.host, random)),
        thread([this] { sync_wait(loop, worker.run()); }) {}

  /// From any thread.
  void wake(const std::string& root_id) {
    loop.post([this, root_id] { worker.wake(root_id); });
  }
  void stop() {
    loop.post([this] { worker.stop(); });
    thread.join();
  }

  AsioLoop loop;
  SystemRandom random;
  std::unique_ptr<Store> store;
  CurlHttp http;
  CloudAccess cloud;
  Worker worker;
  std::thread thread;
};

/// The API on its loop: it shares nothing with the engine but the database and a wake-up, as
/// between hosts.
struct HeatAll::ApiThread {
  ApiThread(SqliteStore& database, const Registry& registry, const ServeSettings& settings,
            EngineThread& engine_thread)
      : store(database.for_loop(loop)),
        http(loop, settings.cloud.transport),
        cloud(loop, http, settings.cloud),
        engine({loop, *store, random, registry, &cloud, settings.engine,
                [&engine_thread](const std::string& root_id) { engine_thread.wake(root_id); }}),
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
    co_await server.stop();
    loop.stop();
  }

  AsioLoop loop;
  SystemRandom random;
  std::unique_ptr<Store> store;
  CurlHttp http;
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
  engine_ = std::make_unique<EngineThread>(*database_, registry_, settings);
  api_ = std::make_unique<ApiThread>(*database_, registry_, settings, *engine_);
  log::info("serving", {{"url", url()}, {"database", settings.database}});
}

HeatAll::~HeatAll() {
  api_->stop();
  engine_->stop();
}

std::string HeatAll::url() const { return api_->server.url(); }

}  // namespace heat
