#include "sim/story.h"

#include <cmath>
#include <map>
#include <memory>
#include <sstream>

#include "sim/cloud_record.h"
#include "sim/machine.h"
#include "text/write.h"

namespace heat {

namespace {

struct Verb {
  std::vector<std::string> words;
  std::string body;
};

std::vector<Verb> read_verbs(const std::string& text) {
  std::vector<Verb> verbs;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) continue;
    if (line.front() == ' ') {
      verbs.back().body += line.substr(2) + "\n";
      continue;
    }
    verbs.emplace_back();
    std::istringstream words(line);
    for (std::string word; words >> word;) verbs.back().words.push_back(word);
  }
  return verbs;
}

std::string joined_status(const Value& item, const std::string& of) {
  return item[of + "_action"].string_or("?") + "_" + item[of + "_status"].string_or("?");
}

class Play {
 public:
  explicit Play(bool with_cloud) {
    if (!with_cloud) return;
    cloud_ = std::make_unique<Cloud>(7);
    record_ = std::make_unique<CloudRecord>(*cloud_);
    machine_ = std::make_unique<Machine>(7, EngineSettings(),
                                         [this](Loop& loop) { return cloud_->connect(loop); });
  }

  std::string run(const std::string& verbs) {
    for (const Verb& verb : read_verbs(verbs)) {
      try {
        perform(verb);
      } catch (const Error& error) {
        shown_ << error.kind_name() << ": " << error.what() << "\n";
      }
    }
    return record_ ? record_->neutral(shown_.str()) : shown_.str();
  }

 private:
  void perform(const Verb& verb) {
    const std::string& name = verb.words.front();
    const std::string stack = verb.words.size() > 1 ? verb.words[1] : "";
    Engine& engine = machine_->engine();
    const Context context = this->context();
    if (name == "create") {
      machine_->wait(engine.create_stack(context, request(verb)));
      ids_.erase(stack);
    } else if (name == "update") {
      machine_->wait(engine.update_stack(context, stack, request(verb)));
    } else if (name == "preview") {
      show_plan(*machine_->wait(engine.plan_update(context, stack, request(verb))));
    } else if (name == "delete") {
      remember(stack);
      machine_->wait(engine.delete_stack(context, stack));
    } else if (name.starts_with("cancel")) {
      machine_->wait(engine.stack_cancel_update(context, stack, name != "cancel"));
    } else if (name == "run") {
      if (!machine_->run_until_idle()) shown_ << "it did not come to an end\n";
    } else if (name == "advance") {
      machine_->advance(std::chrono::milliseconds(std::lround(1000 * std::stod(stack))));
    } else if (name == "kill") {
      machine_->boot();
    } else if (name == "attributes") {
      show_attributes(stack, verb.words);
    } else if (name == "requests" && record_) {
      shown_ << record_->requests();
    } else if (name == "cloud" && cloud_) {
      shown_ << record_->contents();
    } else if (name == "fail" && cloud_) {
      cloud_->twin().fail_next(verb.words[1], verb.words[2]);
    } else {
      show(name, stack);
    }
  }

  Context context() { return cloud_ ? cloud_->log_in() : machine_->context(); }

  /// A deleted stack is found by its id only.
  void remember(const std::string& stack) {
    ids_[stack] = machine_->wait(machine_->engine().identify_stack(context(), stack))->stack_id;
  }
  std::string id(const std::string& stack) const {
    const auto known = ids_.find(stack);
    return known == ids_.end() ? stack : known->second;
  }

  StackRequest request(const Verb& verb) const {
    StackRequest request;
    request.name = verb.words[1];
    const bool versioned = verb.body.find("FormatVersion") != std::string::npos;
    request.template_source = (versioned ? "" : "heat_template_version: 2021-04-16\n") + verb.body;
    Map args{{"disable_rollback", true}};
    for (std::size_t i = 2; i < verb.words.size(); ++i) {
      if (verb.words[i] == "rollback") args.set("disable_rollback", false);
      if (verb.words[i] == "timeout") args.set("timeout_mins", std::stoi(verb.words[i + 1]));
    }
    request.args = std::move(args);
    return request;
  }

  void show(const std::string& what, const std::string& stack) {
    Engine& engine = machine_->engine();
    const Context context = this->context();
    if (what == "events") {
      const Value events =
          *machine_->wait(engine.list_events(context, id(stack), Map{{"sort_dir", "asc"}}));
      for (const Value& event : events.as_list())
        shown_ << event["resource_name"].string_or("") << " " << joined_status(event, "resource")
               << ": " << event["resource_status_reason"].string_or("") << "\n";
    } else if (what == "resources") {
      const Value all =
          *machine_->wait(engine.list_stack_resources(context, id(stack), 0, false, Map()));
      for (const Value& resource : all.as_list())
        shown_ << resource["resource_name"].string_or("") << " "
               << joined_status(resource, "resource") << "\n";
    } else if (what == "status") {
      const Value row = (*machine_->wait(engine.show_stack(context, id(stack), false)))[0];
      shown_ << stack << " " << joined_status(row, "stack") << ": "
             << row["stack_status_reason"].string_or("") << "\n";
    } else if (what == "versions") {
      const Value versions = *machine_->wait(engine.list_template_versions(context));
      for (const Value& version : versions.as_list())
        shown_ << version["version"].as_string() << " (" << version["type"].as_string() << ") "
               << to_json(version["aliases"]) << "\n";
    } else if (what == "functions") {
      const Value functions =
          *machine_->wait(engine.list_template_functions(context, stack, /*with_conditions=*/true));
      for (const Value& function : functions.as_list())
        shown_ << function["functions"].as_string() << ": " << function["description"].as_string()
               << "\n";
    } else if (what == "outputs") {
      const Value row = (*machine_->wait(engine.show_stack(context, id(stack), true)))[0];
      for (const Value& output : row["outputs"].as_list())
        shown_ << output["output_key"].string_or("") << " = " << to_json(output["output_value"])
               << output["output_error"].string_or("") << "\n";
    } else {
      shown_ << "unknown verb: " << what << "\n";
    }
  }

  void show_attributes(const std::string& stack, const std::vector<std::string>& words) {
    const std::vector<std::string> names(words.begin() + 3, words.end());
    const Value resource = *machine_->wait(
        machine_->engine().describe_stack_resource(context(), id(stack), words[2], names));
    for (const std::string& name : names)
      shown_ << words[2] << "." << name << " = " << to_json(resource["attributes"][name]) << "\n";
  }

  void show_plan(const Value& plan) {
    for (const Value& entry : plan.as_list()) {
      shown_ << entry["action"].string_or("") << " " << entry["resource_name"].string_or("");
      if (!entry["changes"].as_map().empty()) shown_ << " " << to_json(entry["changes"]);
      if (entry["why"].truthy()) shown_ << " (" << entry["why"].string_or("") << ")";
      shown_ << "\n";
    }
  }

  std::unique_ptr<Cloud> cloud_;
  std::unique_ptr<CloudRecord> record_;
  std::unique_ptr<Machine> machine_ = std::make_unique<Machine>(7);
  std::ostringstream shown_;
  std::map<std::string, std::string> ids_;
};

}  // namespace

std::string play(const std::string& verbs, bool with_cloud) { return Play(with_cloud).run(verbs); }

}  // namespace heat
