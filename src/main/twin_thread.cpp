#include "main/twin_thread.h"

#include <optional>
#include <thread>

#include "async/task_group.h"
#include "base/random.h"
#include "net/asio_loop.h"
#include "net/server.h"
#include "twin/twin.h"

namespace heat {

namespace {

ServerOptions listen_on(std::uint16_t port) {
  ServerOptions options;
  options.port = port;
  return options;
}

}  // namespace

struct TwinThread::State {
  State(TwinOptions options, std::uint16_t port)
      : twin(loop, random, std::move(options)),
        server(
            loop, [this](HttpRequest request) { return answer(std::move(request)); },
            listen_on(port)) {
    twin.set_base_url(server.url());
    thread = std::thread([this] { loop.run(); });
  }

  /// A fault that eats the answer shows as a gateway that got none.
  Task<HttpResponse> answer(HttpRequest request) {
    try {
      co_return co_await twin.handle(std::move(request));
    } catch (const HttpNoAnswer& problem) {
      co_return HttpResponse{504, {}, problem.reason};
    }
  }

  Task<> end() {
    co_await server.stop();
    loop.stop();
  }

  AsioLoop loop;
  SystemRandom random;
  Twin twin;
  HttpServer server;
  std::optional<TaskGroup> ending;
  std::thread thread;
};

TwinThread::TwinThread(TwinOptions options, std::uint16_t port)
    : state_(std::make_unique<State>(std::move(options), port)) {}

TwinThread::~TwinThread() {
  state_->loop.post([state = state_.get()] {
    state->ending.emplace(state->loop);
    state->ending->spawn(state->end());
  });
  state_->thread.join();
}

std::string TwinThread::url() const { return state_->server.url(); }

}  // namespace heat
