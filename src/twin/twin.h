#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "async/loop.h"
#include "base/random.h"
#include "base/value.h"
#include "net/http.h"
#include "twin/faults.h"
#include "twin/options.h"

namespace heat {

/// A request that the twin saw.
struct TwinRequest {
  std::uint64_t number = 0;  ///< from 1
  std::string method;
  std::string target;          ///< "/network/v2.0/ports?name=x"
  std::string microversion{};  ///< "2.26"; empty: none was asked for
  std::string body{};          ///< where TwinOptions::log_bodies says so
  int status = 0;              ///< of the answer; 0 where there was none (yet)
  Time at;
};

/// The simulated cloud: Keystone, Nova, Neutron, Cinder and Glance under one URL, consistent with
/// each other, deterministic in time (Loop) and ids (Random). On one loop's thread.
///
/// Services are told apart by path: /identity/v3, /compute/v2.1, /network/v2.0,
/// /volume/v3/<project> and /image/v2; the catalogue names them. It starts with the content of the
/// test cloud: users admin, demo, alt_demo and heat (password "secret"), flavors, images, networks.
class Twin {
 public:
  enum class Moment { BeforeEffect, AfterEffect };
  using Hook = std::function<void(const TwinRequest&, Moment)>;

  Twin(Loop& loop, Random& random, TwinOptions options = {});
  ~Twin();

  /// Answers a request; its URL may be absolute or a target. Throws HttpNoAnswer where a fault eats
  /// the answer, and what the hook throws.
  Task<HttpResponse> handle(HttpRequest request);

  /// Where clients reach the twin ("http://127.0.0.1:35357"): what the catalogue and links say.
  void set_base_url(std::string url);
  TwinOptions& options() noexcept;

  TwinFaults& faults() noexcept { return faults_; }
  /// Makes the next change of state of that name (TwinOptions::latencies) fail with this reason:
  /// the server, volume … ends in status ERROR.
  void fail_next(std::string change, std::string reason);
  /// Called before each request's effect, when a fault may still be planned for it, and after it
  /// where there was one; may throw.
  void set_hook(Hook hook) { hook_ = std::move(hook); }

  const std::deque<TwinRequest>& log() const noexcept { return log_; }
  std::uint64_t requests() const noexcept { return count_; }

  /// All that exists now, by collection and id, without tokens: for orphan checks.
  Value snapshot();
  /// A text that is the same for the same snapshot, whatever the ids and times in it are.
  std::string digest();

 private:
  struct Services;

  HttpResponse answer(const HttpRequest& request, std::string_view target);

  Loop& loop_;
  std::unique_ptr<Services> services_;
  TwinFaults faults_;
  Hook hook_;
  std::deque<TwinRequest> log_;
  std::uint64_t count_ = 0;
};

}  // namespace heat
