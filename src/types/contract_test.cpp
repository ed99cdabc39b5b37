// Plays test/contracts/types/<service>.yaml: resources are created, updated and deleted, and each
// request must be the one that a real cloud was sent when the recording beside it was made, in the
// same order. With HEAT_RECORD set and the OS_ variables of a cloud, the recordings are made anew.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "async/virtual_loop.h"
#include "base/error.h"
#include "cloud/find_id.h"
#include "cloud/keystone_session.h"
#include "cloud/service_limit.h"
#include "net/asio_loop.h"
#include "net/curl_http.h"
#include "resource/behaviour.h"
#include "resource/memory_journal.h"
#include "resource/properties.h"
#include "text/document.h"
#include "text/write.h"
#include "types/types.h"

namespace heat {
namespace {

namespace fs = std::filesystem;

/// Ids, addresses and times become ones that are the same in every recording.
class Neutral {
 public:
  std::string text(std::string text) {
    std::string result;
    for (std::size_t i = 0; i < text.size();) {
      const std::size_t length = id_length(text, i);
      result += length == 0 ? text.substr(i, 1) : known(text.substr(i, length));
      i += std::max<std::size_t>(length, 1);
    }
    return result;
  }

  Value value(const Value& value, const std::string& key = "") {
    if (value.is_string()) {
      if (key.ends_with("_at")) return "2026-01-01T00:00:00Z";
      return text(value.as_string());
    }
    if (value.is_list()) {
      List items;
      for (const Value& item : value.as_list()) items.push_back(this->value(item));
      return items;
    }
    if (!value.is_map()) return value;
    Map map;
    for (const auto& entry : value.as_map())
      map.set(entry.key, this->value(entry.value, entry.key));
    return map;
  }

 private:
  /// Of the uuid, or the project's 32 digits, that begins at `at`; 0 where none does.
  static std::size_t id_length(const std::string& text, std::size_t at) {
    static const std::string uuid = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", hex(32, 'x');
    for (const std::string& form : {uuid, hex}) {
      if (text.size() < at + form.size()) continue;
      bool same = true;
      for (std::size_t i = 0; i < form.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[at + i]);
        same = same && (form[i] == '-' ? c == '-' : std::isxdigit(c) != 0);
      }
      if (same) return form.size();
    }
    return 0;
  }

  std::string known(const std::string& id) {
    const auto found = ids_.find(id);
    if (found != ids_.end()) return found->second;
    std::string number = std::to_string(ids_.size() + 1);
    number.insert(0, 12 - number.size(), '0');
    std::string neutral =
        id.size() == 36 ? "00000000-0000-4000-8000-" + number : "00000000000000000000" + number;
    return ids_[id] = neutral;
  }

  std::map<std::string, std::string> ids_;
};

Value shown(const CloudRequest& request) {
  Map map{{"method", request.method}, {"service", request.service}, {"path", request.path}};
  if (!request.microversion.empty()) map.set("microversion", request.microversion);
  if (!request.body.is_null()) map.set("body", request.body);
  return map;
}

/// A real session whose exchanges are kept.
class Recorder final : public Session {
 public:
  explicit Recorder(Session& real) : real_(real) {}
  const std::string& project_id() const override { return real_.project_id(); }
  const std::string& user_id() const override { return real_.user_id(); }
  Task<std::string> endpoint(std::string service) override { return real_.endpoint(service); }
  Task<bool> has_service(std::string service) override { return real_.has_service(service); }
  Task<CloudResponse> call(CloudRequest request) override {
    const CloudResponse answer = co_await real_.call(request);
    kept_.push_back(Map{{"request", shown(request)},
                        {"answer", Map{{"status", answer.status}, {"body", answer.body}}}});
    co_return answer;
  }
  Task<std::string> find_id(Finder finder, std::string name_or_id) override {
    return heat::find_id(*this, std::move(finder), std::move(name_or_id));
  }
  void write(const fs::path& file) const {
    Neutral neutral;
    std::ofstream out(file);
    out << to_json(neutral.value(Map{{"project", real_.project_id()}})) << "\n";
    for (const Value& exchange : kept_) out << to_json(neutral.value(exchange)) << "\n";
  }

 private:
  Session& real_;
  List kept_;
};

/// Answers from a recording, and fails where a request is not the next one of it.
class Replay final : public Session {
 public:
  explicit Replay(const fs::path& file) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) exchanges_.push_back(from_json(line));
    if (!exchanges_.empty()) project_ = exchanges_.front()["project"].string_or("");
  }
  const std::string& project_id() const override { return project_; }
  const std::string& user_id() const override { return project_; }
  Task<std::string> endpoint(std::string) override { co_return "http://cloud"; }
  Task<bool> has_service(std::string) override { co_return true; }
  Task<CloudResponse> call(CloudRequest request) override {
    const Value& exchange = next_ < exchanges_.size() ? exchanges_[next_] : nothing_;
    EXPECT_EQ(to_json(shown(request)), to_json(exchange["request"])) << "request " << next_;
    ++next_;
    CloudResponse answer;
    answer.status = static_cast<int>(exchange["answer"]["status"].as_int());
    answer.body = exchange["answer"]["body"];
    co_return answer;
  }
  Task<std::string> find_id(Finder finder, std::string name_or_id) override {
    return heat::find_id(*this, std::move(finder), std::move(name_or_id));
  }
  bool all_used() const { return next_ == exchanges_.size(); }

 private:
  std::vector<Value> exchanges_;
  std::size_t next_ = 1;
  std::string project_;
  const Value nothing_;
};

/// The resources of a story while it is played.
class Story {
 public:
  Story(Loop& loop, Session& session)
      : loop_(loop), session_(session), start_(loop.now()), random_(1) {
    register_types(registry_, {});
    stack_.name = "story";
    stack_.project_id = session.project_id();
  }

  Task<> play(Value steps) {
    for (const Value& step : steps.as_list()) co_await play_one(step);
  }

  /// What is left when a story failed half-way.
  Task<> clean() {
    for (auto name = order_.rbegin(); name != order_.rend(); ++name)
      if (!rows_.at(*name).physical_id.empty()) co_await play_one(Map{{"delete", *name}});
  }

 private:
  Task<> play_one(Value step) {
    const auto& first = step.as_map().at_index(0);
    const std::string& name = first.value.as_string();
    if (first.key == "create") {
      ResourceRow& row = rows_[name];
      std::string number = std::to_string(rows_.size());
      number.insert(0, 12 - number.size(), '0');
      row.id = "11111111-2222-4333-8444-" + number;
      row.name = name;
      row.type = step["type"].as_string();
      order_.push_back(name);
    }
    ResourceRow& row = rows_.at(name);
    const auto type = registry_.find(row.type);
    MemoryJournal journal;
    Resource resource(*type, row, stack_, &session_, loop_, random_, journal, Cancel());
    if (first.key == "delete") {
      co_await type->behaviour->remove(resource);
      row.physical_id.clear();
    } else if (first.key == "recover") {
      co_await recover(*type, row);
    } else if (first.key == "release") {
      co_await type->behaviour->release(resource);
    } else if (first.key == "reclaim") {
      co_await type->behaviour->reclaim(resource);
    } else if (first.key == "attributes") {
      const Map values = co_await type->behaviour->attributes(resource, names(step["of"]));
      for (const auto& value : values) EXPECT_FALSE(value.value.is_null()) << name << value.key;
    } else {
      row.target = co_await prepared(*type, step["properties"]);
      if (first.key == "create")
        co_await type->behaviour->create(resource);
      else
        co_await type->behaviour->update(resource, changes(row));
      row.properties = row.target;
      row.target = Value();
    }
  }

  /// A creation whose answer was lost: the same object is found again, and none is made.
  Task<> recover(const ResourceType& type, const ResourceRow& row) {
    ResourceRow lost = row;
    lost.physical_id.clear();
    lost.target = row.properties;
    MemoryJournal journal;
    journal.begun("create", start_);
    Resource resource(type, lost, stack_, &session_, loop_, random_, journal, Cancel());
    co_await type.behaviour->create(resource);
    EXPECT_EQ(lost.physical_id, row.physical_id) << row.name;
  }

  Task<Value> prepared(const ResourceType& type, Value raw) {
    Diagnostics problems;
    Questions questions;
    Value shaped = shape(type, with_references(raw), {"properties"}, problems, questions);
    problems.raise();
    co_return co_await resolve(type, shaped, registry_, session_);
  }

  /// {ref: net} becomes net's id.
  Value with_references(const Value& value) const {
    if (value.is_list()) {
      List items;
      for (const Value& item : value.as_list()) items.push_back(with_references(item));
      return items;
    }
    if (!value.is_map()) return value;
    if (const Value* ref = value.find("ref")) return rows_.at(ref->as_string()).physical_id;
    Map map;
    for (const auto& entry : value.as_map()) map.set(entry.key, with_references(entry.value));
    return map;
  }

  static PropertyChanges changes(const ResourceRow& row) {
    PropertyChanges changed;
    for (const auto& entry : row.target.as_map())
      if (row.properties[entry.key] != entry.value) changed.emplace(entry.key, entry.value);
    return changed;
  }

  static std::set<std::string> names(const Value& list) {
    std::set<std::string> all;
    for (const Value& name : list.as_list()) all.insert(name.as_string());
    return all;
  }

  Loop& loop_;
  Session& session_;
  Time start_;
  SeededRandom random_;
  Registry registry_;
  StackRow stack_;
  std::map<std::string, ResourceRow> rows_;
  std::vector<std::string> order_;
};

const fs::path kFolder = fs::path(HEAT_SOURCE_DIR) / "test" / "contracts" / "types";

Value steps_of(const fs::path& story) {
  std::stringstream text;
  text << std::ifstream(story).rdbuf();
  return Document::read(text.str(), story.filename().string()).root();
}

void replay(const fs::path& story) {
  VirtualLoop loop;
  Replay session(fs::path(story).replace_extension(".jsonl"));
  Story played(loop, session);
  sync_wait(loop, played.play(steps_of(story)));
  EXPECT_TRUE(session.all_used()) << story << " has exchanges that nobody asked for";
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

Task<> record(AsioLoop& loop, Keystone& keystone, fs::path story) {
  Credentials credentials;
  credentials.user_name = variable("OS_USERNAME");
  credentials.user_domain_name = variable("OS_USER_DOMAIN_NAME");
  credentials.password = variable("OS_PASSWORD");
  credentials.project_name = variable("OS_PROJECT_NAME");
  credentials.project_domain_name = variable("OS_PROJECT_DOMAIN_NAME");
  const auto real = co_await KeystoneSession::open(keystone, credentials);
  Recorder session(*real);
  Story played(loop, session);
  std::string problem;
  try {
    co_await played.play(steps_of(story));
  } catch (const std::exception& error) {
    problem = error.what();
  }
  if (problem.empty()) co_return session.write(fs::path(story).replace_extension(".jsonl"));
  session.write("/dev/stdout");
  co_await played.clean();
  ADD_FAILURE() << story << ": " << problem;
}

TEST(Contracts, requests_are_those_that_the_real_cloud_was_sent) {
  std::vector<fs::path> stories;
  for (const auto& entry : fs::directory_iterator(kFolder))
    if (entry.path().extension() == ".yaml") stories.push_back(entry.path());
  std::ranges::sort(stories);
  ASSERT_FALSE(stories.empty());
  if (variable("HEAT_RECORD").empty()) {
    for (const auto& story : stories) replay(story);
    return;
  }
  AsioLoop loop;
  CurlHttp http(loop);
  ServiceLimits limits(loop);
  Keystone keystone(loop, http, limits, variable("OS_AUTH_URL"));
  for (const auto& story : stories) sync_wait(loop, record(loop, keystone, story));
}

}  // namespace
}  // namespace heat
