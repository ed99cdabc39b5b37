#include "resource/rest/ties.h"

#include <algorithm>

#include "text/write.h"

namespace heat::rest {

namespace {

/// Whether `shown` is what `wanted` asks for: the same id, and the same in all that is asked.
bool same(const Value& shown, const Value& wanted, const Link& link) {
  if (tied_id(shown, link) != tied_id(wanted, link)) return false;
  if (!wanted.is_map() || !shown.is_map()) return true;
  for (const auto& entry : wanted.as_map())
    if (shown[entry.key] != entry.value) return false;
  return true;
}

}  // namespace

std::string id_text(const Value& id) { return id.is_string() ? id.as_string() : to_python_str(id); }

std::string tied_id(const Value& item, const Link& link) {
  return id_text(item.is_map() ? item[link.item_id] : item);
}

List to_remove(const List& now, const List& wanted, const Link& link) {
  List left;
  for (const Value& shown : now)
    if (std::ranges::none_of(wanted, [&](const Value& one) { return same(shown, one, link); }))
      left.push_back(shown);
  return left;
}

List to_add(const List& now, const List& wanted, const Link& link) {
  List left;
  for (const Value& one : wanted)
    if (std::ranges::none_of(now, [&](const Value& shown) { return same(shown, one, link); }))
      left.push_back(one);
  return left;
}

}  // namespace heat::rest
