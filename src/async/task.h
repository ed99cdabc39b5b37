#pragma once

#include <coroutine>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

#include "base/check.h"
#include "base/log_scope.h"

namespace heat {

template <class T = void>
class Task;

namespace detail {

struct PromiseBase {
  std::coroutine_handle<> continuation = std::noop_coroutine();
  std::exception_ptr problem;

  struct Final {
    bool await_ready() const noexcept { return false; }
    template <class P>
    std::coroutine_handle<> await_suspend(std::coroutine_handle<P> done) const noexcept {
      return done.promise().continuation;
    }
    void await_resume() const noexcept {}
  };

  std::suspend_always initial_suspend() const noexcept { return {}; }
  Final final_suspend() const noexcept { return {}; }
  void unhandled_exception() noexcept { problem = std::current_exception(); }
  template <class Awaited>
  auto await_transform(Awaited&& awaited);
};

template <class T>
struct Promise : PromiseBase {
  std::optional<T> result;
  Task<T> get_return_object() noexcept;
  template <class U>
  void return_value(U&& value) {
    result.emplace(std::forward<U>(value));
  }
  T take() {
    if (problem) std::rethrow_exception(problem);
    return std::move(*result);
  }
};

template <>
struct Promise<void> : PromiseBase {
  Task<void> get_return_object() noexcept;
  void return_void() const noexcept {}
  void take() const {
    if (problem) std::rethrow_exception(problem);
  }
};

}  // namespace detail

namespace detail {

/// Awaits what it holds, and gives the coroutine its log scopes back. A task that is awaited has
/// them, too; the loop, while a coroutine waits for anything else, has not.
template <class Awaiter>
struct Scoped {
  Awaiter awaiter;
  log::Context context = {};
  bool waited = false;

  bool await_ready() { return awaiter.await_ready(); }
  template <class P>
  auto await_suspend(std::coroutine_handle<P> waiting) {
    waited = true;
    context = log::context;
    if constexpr (!requires { typename std::remove_reference_t<Awaiter>::HandsScopesOn; })
      log::context.reset();
    return awaiter.await_suspend(waiting);
  }
  decltype(auto) await_resume() {
    if (waited) log::context = std::move(context);
    return awaiter.await_resume();
  }
};

template <class Awaited>
auto PromiseBase::await_transform(Awaited&& awaited) {
  if constexpr (requires { std::forward<Awaited>(awaited).operator co_await(); })
    return Scoped<decltype(std::forward<Awaited>(awaited).operator co_await())>{
        std::forward<Awaited>(awaited).operator co_await()};
  else
    return Scoped<Awaited&>{awaited};
}

}  // namespace detail

/// A coroutine that starts when it is awaited and whose awaiter owns it: awaiting gives its result
/// or throws what it threw. A Task that nobody awaits never runs. Everything runs on one loop's
/// thread. Parameters are taken by value unless the Task is awaited in the expression that makes
/// it.
template <class T>
class [[nodiscard]] Task {
 public:
  using promise_type = detail::Promise<T>;

  Task(Task&& other) noexcept : coroutine_(std::exchange(other.coroutine_, {})) {}
  Task& operator=(Task&& other) noexcept {
    std::swap(coroutine_, other.coroutine_);
    return *this;
  }
  ~Task() {
    if (coroutine_) coroutine_.destroy();
  }

  auto operator co_await() && noexcept {
    struct Awaiter {
      using HandsScopesOn = void;
      std::coroutine_handle<promise_type> coroutine;
      bool await_ready() const noexcept { return false; }
      std::coroutine_handle<> await_suspend(std::coroutine_handle<> awaiting) noexcept {
        coroutine.promise().continuation = awaiting;
        return coroutine;
      }
      T await_resume() { return coroutine.promise().take(); }
    };
    check(static_cast<bool>(coroutine_), "an empty task was awaited");
    return Awaiter{coroutine_};
  }

 private:
  friend promise_type;
  explicit Task(std::coroutine_handle<promise_type> coroutine) noexcept : coroutine_(coroutine) {}
  std::coroutine_handle<promise_type> coroutine_;
};

namespace detail {
template <class T>
Task<T> Promise<T>::get_return_object() noexcept {
  return Task<T>(std::coroutine_handle<Promise>::from_promise(*this));
}
inline Task<void> Promise<void>::get_return_object() noexcept {
  return Task<void>(std::coroutine_handle<Promise>::from_promise(*this));
}
}  // namespace detail

}  // namespace heat
