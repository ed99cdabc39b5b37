#include "sim/crash/trial.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <utility>

#include "base/error.h"
#include "sim/neutral.h"
#include "text/write.h"

namespace heat {

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

Trial::Trial(std::uint64_t seed, std::size_t workers)
    : cloud_(seed),
      machine_(seed, {}, [this](Loop& loop) { return cloud_.connect(loop); }, workers) {}

void Trial::prepare(const std::vector<Ask>& asks) {
  user_ = cloud_.log_in();
  for (const Ask& each : asks) carry_out(each);
  if (!finish()) ends_ += "the preparation did not end\n";
}

Trial::Outcome Trial::run(const std::vector<Ask>& asks, std::vector<Plan> plans) {
  user_ = cloud_.log_in();
  plans_ = std::move(plans);
  met_ = 0;
  const int first_commit = machine_.disk().commits(), first_request = cloud_.requests();
  const auto at_request = [&, first_request](bool after) {
    return [&, first_request, after](const TwinRequest& request) {
      const bool reads =
          request.method == "GET" || request.target.find("/auth/") != std::string::npos;
      return meet({Moment::At::Request, after, static_cast<int>(request.number) - first_request,
                   request.method + " " + request.target, !reads});
    };
  };
  const auto at_commit = [&, first_commit](bool after) {
    return [&, first_commit, after](int number) {
      return meet({Moment::At::Commit, after, number - first_commit});
    };
  };
  cloud_.before_effect = at_request(false);
  cloud_.after_effect = at_request(true);
  machine_.before_commit = at_commit(false);
  machine_.after_commit = at_commit(true);
  for (const Ask& each : asks) carry_out(each);
  if (!finish()) ends_ += "the act did not end\n";
  machine_.advance(std::chrono::seconds(10));  // what the cloud is still at shows, too
  cloud_.before_effect = cloud_.after_effect = nullptr;
  machine_.before_commit = machine_.after_commit = nullptr;
  if (branches_.depth() > 0) branches_.leave(seen());
  return {seen(), branches_.collect()};
}

bool Trial::meet(Moment moment) {
  moment.since = ++met_;
  if (branches_.depth() >= plans_.size()) return true;
  for (const Disturbance& disturbance : plans_[branches_.depth()](moment)) {
    if (!branches_.branch(name_of(disturbance, moment))) continue;
    met_ = 0;
    if (disturbance) {
      plans_.clear();  // only what was killed has to recover
      cloud_.twin().faults().plan(*disturbance);
      return true;
    }
    machine_.cut_power();
    return false;
  }
  return true;
}

void Trial::carry_out(const Ask& each) {
  if (!each.after)
    finish();
  else
    machine_.advance(std::chrono::seconds(*each.after));
  tag_ = "request " + std::to_string(++asked_);
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
  if (each.what == Ask::What::Delete)
    return machine_.wait(engine.delete_stack(context, each.stack));
  if (each.what == Ask::What::CancelUpdate)
    return machine_.wait(engine.stack_cancel_update(context, each.stack, true));
  StackRequest request;
  request.name = each.stack;
  request.template_source = each.source;
  request.environment = each.environment;
  request.args = Map{{"disable_rollback", !each.rollback}, {"tags", List{tag_}}};
  if (each.what == Ask::What::Create)
    return machine_.wait(engine.create_stack(context, request)).has_value();
  return machine_.wait(engine.update_stack(context, each.stack, request)).has_value();
}

bool Trial::taken(const Ask& each) {
  using What = Ask::What;
  StackFilter named;
  named.name = each.stack;
  const auto rows = machine_.wait(machine_.store().stacks(named));
  if (!rows) return false;
  if (rows->empty()) return each.what == What::Delete;
  const StackRow& stack = rows->front();
  const auto waiting = machine_.wait(machine_.store().inbox(stack.root_id));
  const auto waits = [&](auto fits) { return waiting && std::ranges::any_of(*waiting, fits); };
  const auto waits_as = [&](const char* kind) {
    return waits([&](const InboxRow& row) { return row.kind == kind; });
  };
  if (each.what == What::Delete) return stack.action == "DELETE" || waits_as("delete");
  if (each.what == What::CancelUpdate) return stack.action == "ROLLBACK" || waits_as("cancel");
  const Value tags = List{tag_};
  return stack.tags == tags ||
         waits([&](const InboxRow& row) { return row.content["tags"] == tags; });
}

bool Trial::finish() {
  for (int tries = 0; tries < 4; ++tries) {
    if (!machine_.running()) machine_.boot();
    if (machine_.run_until_idle()) return true;
  }
  return false;
}

std::string Trial::seen() {
  std::string text = ends_;
  StackFilter all;
  all.show_deleted = true;
  const auto stacks = machine_.wait(machine_.store().stacks(all));
  const Labels labels = cloud_.labels();
  for (const StackRow& row : *stacks) text += seen_of(row, labels);
  return text + shared(*stacks) + cloud_.view();
}

std::string Trial::shared(const std::vector<StackRow>& stacks) {
  std::map<std::pair<std::string, std::string>, int> known;
  for (const StackRow& stack : stacks) {
    const auto resources = machine_.wait(machine_.store().resources(stack.id));
    for (const ResourceRow& resource : *resources)
      if (!resource.physical_id.empty()) ++known[{resource.type, resource.physical_id}];
  }
  std::string text;
  for (const auto& [object, times] : known)
    if (times > 1) text += std::to_string(times) + " resources are one " + object.first + "\n";
  return text;
}

std::string Trial::seen_of(const StackRow& row, const Labels& labels) {
  std::string text = row.name + " " + row.action + "_" + row.status + ": " +
                     neutral_text(row.status_reason, labels) + "\n";
  std::vector<std::string> lines;
  const auto resources = machine_.wait(machine_.store().resources(row.id));
  for (const ResourceRow& resource : *resources) {
    const Map facts{{"id", neutral_text(resource.physical_id, labels)},
                    {"properties", neutral(resource.properties, labels)},
                    {"reason", neutral_text(resource.status_reason, labels)}};
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
