#include "cli/follow.h"

#include <chrono>
#include <cstdio>

#include "base/error.h"
#include "cli/progress.h"

namespace heat::cli {

namespace {

using Clock = std::chrono::steady_clock;

Duration since(Clock::time_point begun) {
  return std::chrono::duration_cast<Duration>(Clock::now() - begun);
}

/// The stack, or a note that it is gone.
Value look(Client& client, const std::string& stack_path) {
  try {
    return client.get(stack_path + "?resolve_outputs=false")["stack"];
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::EntityNotFound) throw;
    return Map{{"stack_status", "DELETE_COMPLETE"}};
  }
}

Value look_at_resources(Client& client, const std::string& stack_path) {
  try {
    return client.get(stack_path + "/resources")["resources"];
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::EntityNotFound) throw;
    return List();
  }
}

void tell_failures(const Value& stack, const Value& resources) {
  std::fprintf(stderr, "error: %s\n", stack["stack_status_reason"].string_or("").c_str());
  for (const Value& resource : resources.as_list())
    if (resource["resource_status"].string_or("").ends_with("_FAILED"))
      std::fprintf(stderr, "  %s: %s\n", resource["resource_name"].string_or("").c_str(),
                   resource["resource_status_reason"].string_or("").c_str());
}

}  // namespace

bool follow(Client& client, const std::string& stack_path, const std::string& action) {
  Progress progress(Progress::Screen::of(stdout));
  const Clock::time_point begun = Clock::now();
  while (true) {
    const Value resources = look_at_resources(client, stack_path);
    const Value stack = look(client, stack_path);
    const std::string status = stack["stack_status"].string_or("");
    const bool rests = !status.ends_with("_IN_PROGRESS");
    // The last look at the resources must be younger than the stack's rest.
    const Value last = rests ? look_at_resources(client, stack_path) : resources;
    const std::string text = progress.update(stack, last, since(begun));
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
    if (rests) {
      if (status == action + "_COMPLETE") return true;
      tell_failures(stack, last);
      return false;
    }
    client.pause(std::chrono::milliseconds(since(begun) < std::chrono::seconds(20) ? 150 : 1000));
  }
}

}  // namespace heat::cli
