#include <functional>

#include "base/value.h"

namespace heat {

Map::Map(std::initializer_list<std::pair<std::string_view, Value>> entries) {
  entries_.reserve(entries.size());
  for (const auto& [key, value] : entries) set(std::string(key), value);
}

namespace {
constexpr std::size_t kIndexFrom = 32;  // a smaller map is searched faster in line
constexpr std::uint32_t kFree = 0xffffffff;
}  // namespace

std::size_t Map::index_of(std::string_view key, Value::Kind kind) const noexcept {
  if (slots_.empty()) {
    for (std::size_t i = 0; i < entries_.size(); ++i)
      if (entries_[i].key == key && entries_[i].key_kind == kind) return i;
    return kNone;
  }
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = std::hash<std::string_view>{}(key)&mask; slots_[slot] != kFree;
       slot = (slot + 1) & mask) {
    const Entry& entry = entries_[slots_[slot]];
    if (entry.key == key && entry.key_kind == kind) return slots_[slot];
  }
  return kNone;
}

const Value* Map::find(std::string_view key, Value::Kind kind) const noexcept {
  const std::size_t index = index_of(key, kind);
  return index == kNone ? nullptr : &entries_[index].value;
}

std::optional<std::size_t> Map::place(std::string_view key, Value::Kind kind) const noexcept {
  const std::size_t index = index_of(key, kind);
  return index == kNone ? std::nullopt : std::optional(index);
}

std::size_t Map::set(std::string key, Value value, Value::Kind key_kind) {
  const std::size_t index = index_of(key, key_kind);
  if (index != kNone) {
    entries_[index].value = std::move(value);
    return index;
  }
  add(std::move(key), std::move(value), key_kind);
  return entries_.size() - 1;
}

void Map::add(std::string key, Value value, Value::Kind key_kind) {
  entries_.emplace_back(std::move(key), std::move(value), key_kind);
  if (entries_.size() < kIndexFrom) return;
  if (entries_.size() * 2 > slots_.size())
    rebuild_index();
  else
    index_entry(entries_.size() - 1);
}

bool Map::erase(std::string_view key) {
  const std::size_t index = index_of(key, Value::Kind::String);
  if (index == kNone) return false;
  entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(index));
  rebuild_index();
  return true;
}

void Map::index_entry(std::size_t position) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = std::hash<std::string_view>{}(entries_[position].key) & mask;
  while (slots_[slot] != kFree) slot = (slot + 1) & mask;
  slots_[slot] = static_cast<std::uint32_t>(position);
}

void Map::rebuild_index() {
  slots_.clear();
  if (entries_.size() < kIndexFrom) return;
  std::size_t size = 64;
  while (size < entries_.size() * 4) size *= 2;
  slots_.assign(size, kFree);
  for (std::size_t i = 0; i < entries_.size(); ++i) index_entry(i);
}

}  // namespace heat
