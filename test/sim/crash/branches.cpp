#include "sim/crash/branches.h"

#include <csignal>
#include <cstdlib>
#include <thread>
#include <utility>

#include <sys/wait.h>
#include <unistd.h>

#include "base/check.h"

namespace heat {

namespace {

constexpr unsigned kPatience = 300;  // seconds: a copy that takes longer hangs

std::string read_all(int pipe) {
  std::string text;
  char part[4096];
  for (ssize_t length; (length = read(pipe, part, sizeof part)) > 0;)
    text.append(part, static_cast<std::size_t>(length));
  close(pipe);
  return text;
}

}  // namespace

bool Branches::branch(const std::string& name) {
  while (running_.size() >= std::max(1u, std::thread::hardware_concurrency())) collect_first();
  int ends[2];
  check(pipe(ends) == 0, "no pipe");
  const pid_t process = fork();
  check(process >= 0, "no further process");
  close(ends[process == 0 ? 0 : 1]);
  if (process > 0) {
    running_.push_back({name, process, ends[0]});
    return false;
  }
  end_ = ends[1];
  alarm(kPatience);
  return true;
}

void Branches::leave(const std::string& text) const {
  std::size_t written = 0;
  for (ssize_t length; written < text.size(); written += static_cast<std::size_t>(length))
    if ((length = write(end_, text.data() + written, text.size() - written)) <= 0) _exit(1);
  _exit(0);
}

void Branches::collect_first() {
  const Running first = running_.front();
  running_.erase(running_.begin());
  std::string text = read_all(first.pipe);
  int status = 0;
  waitpid(first.process, &status, 0);
  if (WIFSIGNALED(status)) text = "it ended by signal " + std::to_string(WTERMSIG(status)) + "\n";
  if (WIFEXITED(status) && WEXITSTATUS(status) != 0)
    text = "it ended with status " + std::to_string(WEXITSTATUS(status)) + "\n";
  left_.push_back({first.name, std::move(text)});
}

std::vector<Branches::Left> Branches::collect() {
  while (!running_.empty()) collect_first();
  return std::exchange(left_, {});
}

}  // namespace heat
