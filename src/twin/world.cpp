#include "twin/world.h"

#include <algorithm>

namespace heat::twin {

World::World(Loop& loop, Random& random, TwinOptions options)
    : loop_(loop), random_(random), options_(std::move(options)) {}

Objects& World::operator[](std::string_view collection) {
  const auto found = collections_.find(collection);
  if (found != collections_.end()) return found->second;
  return collections_[std::string(collection)];
}

std::string World::iso() const { return iso_seconds(now()); }

std::string World::iso_micros() const {
  std::string micros = std::to_string(to_micros(now()) % 1'000'000);
  micros.insert(0, 6 - micros.size(), '0');
  std::string text = iso();
  text.pop_back();
  return text + "." + micros;
}

std::string World::hex() {
  std::string id = uuid();
  std::erase(id, '-');
  return id;
}

std::string World::mac() {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string mac = "fa:16:3e";
  for (int i = 0; i < 3; ++i) {
    const std::uint64_t byte = random_.below(256);
    mac += ':';
    mac += kDigits[byte / 16];
    mac += kDigits[byte % 16];
  }
  return mac;
}

void World::later(std::string_view what, std::function<void()> change) {
  const auto known = options_.latencies.find(what);
  const Duration delay = known == options_.latencies.end() ? options_.usual_change : known->second;
  after(delay, std::move(change));
}

void World::after(Duration delay, std::function<void()> change) {
  agenda_.emplace(now() + delay, std::move(change));
  settle();
}

void World::settle() {
  while (!agenda_.empty() && agenda_.begin()->first <= now()) {
    const auto change = std::move(agenda_.begin()->second);
    agenda_.erase(agenda_.begin());
    change();
  }
}

void World::fail_next(std::string what, std::string reason) {
  failures_.emplace(std::move(what), std::move(reason));
}

std::string World::take_failure(std::string_view what) {
  const auto planned = failures_.find(what);
  if (planned == failures_.end()) return {};
  std::string reason = std::move(planned->second);
  failures_.erase(planned);
  return reason;
}

}  // namespace heat::twin
