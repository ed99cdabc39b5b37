#include "async/task_group.h"

#include <coroutine>
#include <list>

#include "async/wait.h"

namespace heat {

namespace {

/// The outermost frame of a spawned task: the group owns it, and it frees itself when it ends.
struct Root {
  struct promise_type {
    Root get_return_object() noexcept {
      return {std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    std::suspend_always initial_suspend() const noexcept { return {}; }
    std::suspend_never final_suspend() const noexcept { return {}; }
    void return_void() const noexcept {}
    void unhandled_exception() const noexcept { check(false, "a task's exception got lost"); }
  };
  std::coroutine_handle<> frame;
};

}  // namespace

struct TaskGroup::State {
  explicit State(Loop& its_loop) : loop(its_loop), ended(its_loop) {}

  Loop& loop;
  std::list<std::coroutine_handle<>> running;
  std::exception_ptr problem;
  Signal ended;

  static Root run(State& state, Task<> task, std::list<std::coroutine_handle<>>::iterator place,
                  log::Context context) {
    log::context = std::move(context);
    try {
      co_await std::move(task);
    } catch (...) {
      if (!state.problem) state.problem = std::current_exception();
    }
    log::context.reset();
    state.running.erase(place);
    if (state.running.empty()) state.ended.notify();
  }
};

TaskGroup::TaskGroup(Loop& loop) : state_(std::make_unique<State>(loop)) {}

TaskGroup::~TaskGroup() {
  check(state_->running.empty() || state_->loop.dropped(),
        "a task group was destroyed with tasks still running: join it first");
  for (const auto frame : state_->running) frame.destroy();
}

void TaskGroup::spawn(Task<> task) {
  const auto place = state_->running.insert(state_->running.end(), nullptr);
  *place = State::run(*state_, std::move(task), place, log::context).frame;
  state_->loop.post([frame = *place] { frame.resume(); });
}

std::size_t TaskGroup::running() const noexcept { return state_->running.size(); }

Task<> TaskGroup::join() {
  while (!state_->running.empty()) co_await state_->ended.wait();
  if (auto problem = std::exchange(state_->problem, nullptr)) std::rethrow_exception(problem);
}

namespace {

Task<Wait::End> wait_in(std::vector<Wait*>& list, Loop& loop, std::optional<Time> deadline,
                        std::optional<Cancel> cancel) {
  Wait wait(loop, deadline, std::move(cancel));
  list.push_back(&wait);
  const auto end = co_await wait;
  if (end != Wait::End::Woken) std::erase(list, &wait);
  co_return end;
}

}  // namespace

void Signal::notify() {
  if (loop_.dropped()) return;  // who waited may be gone
  for (auto* wait : std::exchange(waiting_, {})) wait->wake();
}

Task<> Signal::wait() { co_await wait_in(waiting_, loop_, {}, {}); }

Task<> Signal::wait(Cancel cancel) {
  const auto end = co_await wait_in(waiting_, loop_, {}, cancel);
  if (end == Wait::End::Cancelled) throw Cancelled();
}

Task<bool> Signal::wait_until(Time deadline, Cancel cancel) {
  const auto end = co_await wait_in(waiting_, loop_, deadline, cancel);
  if (end == Wait::End::Cancelled) throw Cancelled();
  co_return end == Wait::End::Woken;
}

}  // namespace heat
