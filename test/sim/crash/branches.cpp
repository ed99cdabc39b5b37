#include "sim/crash/branches.h"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <thread>
#include <utility>

#include <sys/wait.h>
#include <unistd.h>

#include "base/check.h"
#include "text/write.h"

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

std::size_t Branches::width() const {
  return depth_ > 0 ? 1 : std::max(1u, std::thread::hardware_concurrency());
}

bool Branches::branch(const std::string& name) {
  while (running_.size() >= width()) collect_first();
  int ends[2];
  check(pipe(ends) == 0, "no pipe");
  const pid_t process = fork();
  check(process >= 0, "no further process");
  close(ends[process == 0 ? 0 : 1]);
  if (process > 0) {
    running_.push_back({name, process, ends[0]});
    return false;
  }
  for (const Running& sibling : running_) close(sibling.pipe);
  running_.clear();
  left_.clear();
  if (depth_++ > 0) close(end_);
  end_ = ends[1];
  alarm(kPatience);
  return true;
}

void Branches::leave(const std::string& text) {
  List all{Map{{"name", ""}, {"text", text}}};
  for (const Left& left : collect())
    all.push_back(Map{{"name", ", then " + left.name}, {"text", left.text}});
  const std::string out = to_json(all);
  std::size_t written = 0;
  for (ssize_t length; written < out.size(); written += static_cast<std::size_t>(length))
    if ((length = write(end_, out.data() + written, out.size() - written)) <= 0) _exit(1);
  _exit(0);
}

void Branches::collect_first() {
  const Running first = running_.front();
  running_.erase(running_.begin());
  const std::string out = read_all(first.pipe);
  int status = 0;
  waitpid(first.process, &status, 0);
  if (WIFSIGNALED(status)) {
    left_.push_back({first.name, "it ended by signal " + std::to_string(WTERMSIG(status)) + "\n"});
  } else if (WEXITSTATUS(status) != 0) {
    left_.push_back(
        {first.name, "it ended with status " + std::to_string(WEXITSTATUS(status)) + "\n"});
  } else {
    const Value all = from_json(out);
    for (const Value& each : all.as_list())
      left_.push_back({first.name + each["name"].as_string(), each["text"].as_string()});
  }
}

std::vector<Branches::Left> Branches::collect() {
  while (!running_.empty()) collect_first();
  return std::exchange(left_, {});
}

}  // namespace heat
