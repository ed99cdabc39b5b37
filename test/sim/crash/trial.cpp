#include "sim/crash/trial.h"

#include <algorithm>
#include <set>
#include <sstream>

#include "base/error.h"
#include "text/write.h"

namespace heat {

std::string to_string(const Disturbance& disturbance) {
  using Kind = Disturbance::Kind;
  const std::string at = std::to_string(disturbance.number);
  if (disturbance.kind == Kind::Fault) {
    const auto kind = disturbance.fault.kind;
    const std::string what = kind == TwinFault::Kind::LostAnswer ? "lost answer"
                             : kind == TwinFault::Kind::LostRequest
                                 ? "lost request"
                                 : "status " + std::to_string(disturbance.fault.status);
    return what + " at request " + at;
  }
  return std::string("killed ") + (disturbance.after ? "after " : "before ") +
         (disturbance.kind == Kind::KillAtCommit ? "commit " : "request ") + at;
}

namespace {

/// The lines of `some` that `others` has not, each marked.
std::string only_in(const std::string& some, const std::string& others, const char* mark) {
  std::multiset<std::string> known;
  std::istringstream lines(others);
  for (std::string line; std::getline(lines, line);) known.insert(line);
  std::string text;
  std::istringstream candidates(some);
  for (std::string line; std::getline(candidates, line);) {
    const auto found = known.find(line);
    if (found == known.end())
      text += mark + line + "\n";
    else
      known.erase(found);
  }
  return text;
}

}  // namespace

std::string differences(const std::string& expected, const std::string& seen) {
  return only_in(expected, seen, "- ") + only_in(seen, expected, "+ ");
}

Trial::Trial(std::uint64_t seed)
    : cloud_(seed), machine_(seed, {}, [this](Loop& loop) { return cloud_.connect(loop); }) {}

void Trial::prepare(const std::vector<Ask>& asks) {
  user_ = cloud_.log_in();
  for (const Ask& each : asks) carry_out(each);
  if (!finish()) ends_ += "the preparation did not end\n";
}

bool Trial::run(const std::vector<Ask>& asks, std::optional<Disturbance> disturbance) {
  first_commit_ = machine_.disk().commits();
  user_ = cloud_.log_in();
  first_request_ = cloud_.requests();
  if (disturbance) disturb(*disturbance);
  for (const Ask& each : asks) carry_out(each);
  if (!finish()) ends_ += "the act did not end\n";
  last_request_ = cloud_.requests();
  last_commit_ = machine_.disk().commits();
  return disturbed_;
}

void Trial::disturb(const Disturbance& disturbance) {
  using Kind = Disturbance::Kind;
  if (disturbance.kind == Kind::Fault) {
    TwinFault fault = disturbance.fault;
    fault.at = static_cast<std::uint64_t>(disturbance.number);
    cloud_.twin().faults().plan(fault);
    disturbed_ = true;
    return;
  }
  const bool at_commit = disturbance.kind == Kind::KillAtCommit;
  const int number = disturbance.number + (at_commit ? first_commit_ : first_request_);
  const auto hook = [this, number](int now) {
    if (disturbed_ || now != number) return true;
    disturbed_ = true;
    machine_.cut_power();
    return false;
  };
  if (at_commit)
    (disturbance.after ? machine_.after_commit : machine_.before_commit) = hook;
  else
    (disturbance.after ? cloud_.after_effect : cloud_.before_effect) = hook;
}

void Trial::carry_out(const Ask& each) {
  if (!each.after)
    finish();
  else
    machine_.advance(std::chrono::seconds(*each.after));
  for (int tries = 0; tries < 4; ++tries) {
    if (!machine_.running()) machine_.boot();
    try {
      // As a client does that got no answer: it looks before it asks again.
      if ((tries > 0 && taken(each)) || ask(each)) return;
    } catch (const Error& error) {
      // The cloud's trouble may be the API's answer; a client tries again.
      if (tries == 3) ends_ += std::string("asking failed: ") + error.what() + "\n";
    }
  }
}

bool Trial::ask(const Ask& each) {
  const Context& context = user_;
  Engine& engine = machine_.engine();
  if (each.what == Ask::What::Delete) return machine_.wait(engine.delete_stack(context, "web"));
  StackRequest request;
  request.name = "web";
  request.template_source = each.source;
  request.environment = each.environment;
  request.args = Map{{"disable_rollback", !each.rollback}};
  if (each.what == Ask::What::Create)
    return machine_.wait(engine.create_stack(context, request)).has_value();
  return machine_.wait(engine.update_stack(context, "web", request)).has_value();
}

bool Trial::taken(const Ask& each) {
  const auto rows = machine_.wait(machine_.store().stacks({}));
  if (!rows) return false;
  if (each.what == Ask::What::Create) return !rows->empty();
  if (rows->empty()) return true;
  const auto waiting = machine_.wait(machine_.store().inbox(rows->front().root_id));
  if (!waiting || !waiting->empty()) return waiting.has_value();
  const std::string action = each.what == Ask::What::Delete ? "DELETE" : "UPDATE";
  return rows->front().action == action;
}

bool Trial::finish() {
  for (int tries = 0; tries < 4; ++tries) {
    if (!machine_.running()) machine_.boot();
    if (machine_.run_until_idle()) return true;
  }
  return false;
}

std::vector<int> Trial::effects() {
  std::vector<int> numbers;
  for (const TwinRequest& request : cloud_.twin().log()) {
    const int number = static_cast<int>(request.number);
    const bool reads =
        request.method == "GET" || request.target.find("/auth/") != std::string::npos;
    if (number > first_request_ && number <= last_request_ && !reads)
      numbers.push_back(number - first_request_);
  }
  return numbers;
}

std::string Trial::request(int number) {
  for (const TwinRequest& request : cloud_.twin().log())
    if (static_cast<int>(request.number) == number + first_request_)
      return request.method + " " + request.target;
  return "";
}

std::string Trial::seen() {
  std::string text = ends_;
  StackFilter all;
  all.show_deleted = true;
  const auto stacks = machine_.wait(machine_.store().stacks(all));
  for (const StackRow& row : *stacks) text += seen_of(row);
  return text + cloud_.view();
}

std::string Trial::seen_of(const StackRow& row) {
  std::string text = row.name + " " + row.action + "_" + row.status + ": " +
                     cloud_.neutral(row.status_reason).as_string() + "\n";
  std::vector<std::string> lines;
  const auto resources = machine_.wait(machine_.store().resources(row.id));
  for (const ResourceRow& resource : *resources) {
    const Map facts{{"id", cloud_.neutral(resource.physical_id)},
                    {"properties", cloud_.neutral(resource.properties)},
                    {"reason", cloud_.neutral(resource.status_reason)}};
    const auto steps = machine_.wait(machine_.store().steps(resource.id));
    // Whether a superseded update had changed it and changed it back is a matter of time.
    const std::string action = resource.status == "COMPLETE" ? "" : resource.action + "_";
    lines.push_back(resource.name + " " + action + resource.status +
                    (steps->empty() ? "" : " with open steps") + " " + to_json(facts) + "\n");
  }
  std::ranges::sort(lines);
  for (const std::string& line : lines) text += line;
  std::int64_t last = 0;
  const auto events = machine_.wait(machine_.store().events(row.id));
  for (const EventRow& event : *events)
    if (event.sequence != ++last) text += "event " + std::to_string(last) + " is missing\n";
  return text;
}

}  // namespace heat
