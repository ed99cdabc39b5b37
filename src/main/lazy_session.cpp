#include "main/lazy_session.h"

namespace heat {

LazySession::LazySession(Loop& loop, std::string project_id, std::string user_id, Open open)
    : project_id_(std::move(project_id)),
      user_id_(std::move(user_id)),
      open_(std::move(open)),
      opening_(loop, 1) {}

Task<KeystoneSession*> LazySession::opened() {
  const auto permit = co_await opening_.acquire();
  if (!session_) session_ = co_await open_();
  co_return session_.get();
}

Task<std::string> LazySession::endpoint(std::string service) {
  KeystoneSession* session = co_await opened();
  co_return co_await session->endpoint(std::move(service));
}

Task<bool> LazySession::has_service(std::string service) {
  KeystoneSession* session = co_await opened();
  co_return co_await session->has_service(std::move(service));
}

Task<CloudResponse> LazySession::call(CloudRequest request) {
  KeystoneSession* session = co_await opened();
  co_return co_await session->call(std::move(request));
}

Task<std::string> LazySession::find_id(Finder finder, std::string name_or_id) {
  KeystoneSession* session = co_await opened();
  co_return co_await session->find_id(std::move(finder), std::move(name_or_id));
}

}  // namespace heat
