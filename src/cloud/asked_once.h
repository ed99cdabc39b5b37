#pragma once

#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "async/task_group.h"

namespace heat {

/// Questions that are asked once, however many wait for the answer. A failure goes to all that
/// wait; who comes later asks anew.
template <class Answer>
class AskedOnce {
 public:
  explicit AskedOnce(Loop& loop) : loop_(loop) {}

  /// What `question` answers, or answered to another who asked by the same key and still waits.
  Task<Answer> ask(std::string key, std::function<Task<Answer>()> question) {
    if (const auto found = open_.find(key); found != open_.end()) {
      const auto asked = found->second;
      while (!asked->answer && !asked->problem) co_await asked->answered.wait();
      co_return given(*asked);
    }
    const auto asked = std::make_shared<Asked>(loop_);
    open_.emplace(key, asked);
    try {
      asked->answer = co_await question();
    } catch (...) {
      asked->problem = std::current_exception();
    }
    open_.erase(key);
    asked->answered.notify();
    co_return given(*asked);
  }

 private:
  struct Asked {
    explicit Asked(Loop& loop) : answered(loop) {}
    std::optional<Answer> answer;
    std::exception_ptr problem;
    Signal answered;
  };
  static Answer given(const Asked& asked) {
    if (asked.problem) std::rethrow_exception(asked.problem);
    return *asked.answer;
  }

  Loop& loop_;
  std::map<std::string, std::shared_ptr<Asked>, std::less<>> open_;
};

}  // namespace heat
