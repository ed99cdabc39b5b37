#pragma once

#include <string>

#include "async/cancel.h"
#include "cloud/session.h"

namespace heat {

/// Another session, whose calls end with `cancel`. What is asked after that was requested looks for
/// effects that were begun, and has all its time.
class InterruptibleSession final : public Session {
 public:
  InterruptibleSession(Session& session, Cancel cancel)
      : session_(session), cancel_(std::move(cancel)) {}

  const std::string& project_id() const override { return session_.project_id(); }
  const std::string& user_id() const override { return session_.user_id(); }
  Task<std::string> endpoint(std::string service) override {
    return session_.endpoint(std::move(service));
  }
  Task<bool> has_service(std::string service) override {
    return session_.has_service(std::move(service));
  }
  Task<CloudResponse> call(CloudRequest request) override {
    return session_.call(interruptible(std::move(request)));
  }
  Task<Value> fact(CloudRequest request) override {
    return session_.fact(interruptible(std::move(request)));
  }
  Task<std::string> find_id(Finder finder, std::string name_or_id) override {
    return session_.find_id(std::move(finder), std::move(name_or_id));
  }

 private:
  CloudRequest interruptible(CloudRequest request) const {
    if (!cancel_.requested()) request.cancel = cancel_;
    return request;
  }

  Session& session_;
  Cancel cancel_;
};

}  // namespace heat
