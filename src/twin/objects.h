#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/value.h"

namespace heat::twin {

/// One collection of the simulated cloud: objects by id, in the order they were made.
class Objects {
 public:
  /// The id must be new.
  Map& add(std::string id, Map object);
  Map* find(std::string_view id);
  bool erase(std::string_view id);
  std::size_t size() const noexcept { return rows_.size(); }

  struct Row {
    std::string id;
    Map object;
  };
  std::map<std::uint64_t, Row>& rows() noexcept { return rows_; }
  const std::map<std::uint64_t, Row>& rows() const noexcept { return rows_; }

 private:
  std::map<std::uint64_t, Row> rows_;
  std::unordered_map<std::string, std::uint64_t> places_;  // only looked up, never walked
  std::uint64_t last_ = 0;
};

/// The member, or null where there is none.
const Value& get(const Map& object, std::string_view key);
/// The member's text, or empty where it is no string.
std::string text(const Map& object, std::string_view key);
/// Whether the member is that text.
bool is(const Map& object, std::string_view key, std::string_view value);

}  // namespace heat::twin
