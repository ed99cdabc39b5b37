#include "resource/resource.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/error.h"
#include "cloud/late_effect.h"

namespace heat {

namespace {

constexpr Duration kFirstPause = std::chrono::milliseconds(200);
constexpr Duration kLongestPause = std::chrono::seconds(5);
constexpr int kTries = 4;

/// Twelve letters from the 60 random bits of a version 4 uuid, as the original takes them: users
/// look resources up by them.
std::string short_id(const std::string& uuid) {
  std::string hex;
  for (char c : uuid)
    if (c != '-') hex += c;
  check(hex.size() == 32, "a resource's id is no uuid");
  // time_low, time_mid and time_hi stand in ascending order in the text; the version is not random.
  const std::string time = hex.substr(13, 3) + hex.substr(8, 4) + hex.substr(0, 8);
  const std::uint64_t bits = std::stoull(time, nullptr, 16);
  std::string id;
  for (int shift = 55; shift >= 0; shift -= 5)
    id += "abcdefghijklmnopqrstuvwxyz234567"[(bits >> shift) & 31];
  return id;
}

/// Where each character of UTF-8 text begins.
std::vector<std::size_t> character_starts(const std::string& text) {
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < text.size(); ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) starts.push_back(i);
  return starts;
}

}  // namespace

std::string physical_name(const std::string& stack_name, const std::string& resource_name,
                          const std::string& resource_uuid, std::size_t limit) {
  const auto end = stack_name.find_last_not_of('*');
  std::string name = stack_name.substr(0, end == std::string::npos ? 0 : end + 1);
  name += "-" + resource_name + "-" + short_id(resource_uuid);
  const auto starts = character_starts(name);
  if (limit == 0 || starts.size() <= limit) return name;
  check(limit >= 4, "a name limit below 4");
  return name.substr(0, starts[2]) + "-" + name.substr(starts[starts.size() - (limit - 3)]);
}

Resource::Resource(const ResourceType& type, ResourceRow& row, const StackRow& stack,
                   Session* session, Loop& loop, Random& random, Journal& journal, Cancel cancel)
    : type_(type),
      row_(row),
      stack_(stack),
      loop_(loop),
      random_(random),
      journal_(journal),
      cancel_(std::move(cancel)) {
  if (session != nullptr) session_.emplace(*session, cancel_);
}

Session& Resource::session() {
  if (!session_)
    throw Error(ErrorKind::ClientNotAvailable,
                "Resource " + row_.name + " (" + type_.name +
                    ") needs a cloud, and there is none "
                    "here: give credentials, or use the simulated cloud.");
  return *session_;
}

std::string Resource::data(std::string_view key) const { return row_.data[key].string_or(""); }

void Resource::set_data(std::string key, std::string value) {
  Map data = row_.data.is_map() ? row_.data.as_map() : Map();
  data.set(std::move(key), std::move(value));
  row_.data = std::move(data);
}

void Resource::erase_data(std::string_view key) {
  if (row_.data.find(key) == nullptr) return;
  Map data = row_.data.as_map();
  data.erase(key);
  row_.data = std::move(data);
}

std::string Resource::physical_name() const {
  return heat::physical_name(stack_.name, row_.name, row_.id, type_.name_limit);
}

Task<Value> Resource::step(std::string name, Recognise recognise, Perform perform,
                           std::string looks) {
  const StepRow* known = journal_.find(name);
  if (known != nullptr && known->done) co_return known->result;

  const bool alike = !looks.empty(), look = known != nullptr;
  const Semaphore::Permit turn = co_await begin(name, std::move(looks), look);
  const Value result = co_await once(std::move(recognise), std::move(perform), look);
  co_await journal_.finish(name, result);
  // Who comes next must find this one recorded, also after a crash.
  if (alike) co_await journal_.settle();
  co_return result;
}

/// Completes when the intent is recorded and nobody else is at what looks alike.
Task<Semaphore::Permit> Resource::begin(std::string name, std::string looks, bool known) {
  Semaphore::Permit turn;
  if (!looks.empty()) turn = co_await journal_.turn(looks);
  if (!known) {
    cancel_.throw_if_requested();
    co_await journal_.begin(name, looks);
  }
  while (!looks.empty() && co_await journal_.is_preceded(name)) {
    turn = Semaphore::Permit();  // it may be for one of this worker's to go first
    co_await sleep_for(loop_, kFirstPause, known ? Cancel() : cancel_);
    turn = co_await journal_.turn(looks);
  }
  co_return turn;
}

/// The effect of a step that is begun: found, where `look` says that it may have happened, or made.
Task<Value> Resource::once(Recognise recognise, Perform perform, bool look) {
  Duration pause = kFirstPause;
  for (int attempt = 1;; ++attempt) {
    if (look) {
      std::optional<Value> found;
      if (recognise) found = co_await late_effect(loop_, recognise);
      if (found) co_return std::move(*found);
      // Cancelled between begin and effect: there was none, and there is to be none.
      cancel_.throw_if_requested();
      co_await journal_.settle();
    }
    try {
      co_return co_await perform();
    } catch (const Error& error) {
      if (!may_have_happened(error) || attempt == kTries) throw;
    }
    look = true;
    co_await sleep_for(loop_, pause, cancel_);
    pause *= 2;
  }
}

std::optional<Time> Resource::begun(const std::string& name) const {
  const StepRow* row = journal_.find(name);
  if (row == nullptr) return std::nullopt;
  return from_micros(row->begun_at);
}

Task<> Resource::wait(std::function<Task<bool>()> done) {
  Duration pause = kFirstPause;
  for (;;) {
    cancel_.throw_if_requested();
    if (co_await done()) co_return;
    co_await sleep_for(loop_, pause, cancel_);
    pause = std::min(pause + pause / 2, kLongestPause);
  }
}

Task<> Resource::save() { return journal_.save(); }

}  // namespace heat
