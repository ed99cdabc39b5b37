#pragma once

#include <functional>
#include <memory>
#include <string>

#include "async/semaphore.h"
#include "cloud/keystone_session.h"

namespace heat {

/// A session that is opened by its first use. Whose it is, is known before.
class LazySession final : public Session {
 public:
  using Open = std::function<Task<std::unique_ptr<KeystoneSession>>()>;

  LazySession(Loop& loop, std::string project_id, std::string user_id, Open open);

  const std::string& project_id() const override { return project_id_; }
  const std::string& user_id() const override { return user_id_; }
  Task<std::string> endpoint(std::string service) override;
  Task<bool> has_service(std::string service) override;
  Task<CloudResponse> call(CloudRequest request) override;
  Task<std::string> find_id(Finder finder, std::string name_or_id) override;

  /// The session behind it, opened where it was not.
  Task<KeystoneSession*> opened();

 private:
  std::string project_id_, user_id_;
  Open open_;
  Semaphore opening_;
  std::unique_ptr<KeystoneSession> session_;
};

}  // namespace heat
