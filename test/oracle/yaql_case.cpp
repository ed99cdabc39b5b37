#include "yaql_case.h"

#include <algorithm>
#include <set>

#include "text/write.h"
#include "yaql/datetime.h"
#include "yaql/yaql.h"

namespace heat::oracle {

namespace {

using yaql::Item;

/// Names of the host language's own mishaps: any error of ours will do.
bool is_mishap(const std::string& name) {
  static const std::set<std::string> names = {
      "TypeError",      "AttributeError",    "KeyError",       "IndexError", "StopIteration",
      "RecursionError", "ZeroDivisionError", "AssertionError", "ValueError", "error"};
  return names.contains(name);
}

bool matches(const Value& wanted, const Item& got);

bool all_match(const List& wanted, const std::vector<Item>& got, bool ordered) {
  if (wanted.size() != got.size()) return false;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const bool found =
        ordered
            ? matches(wanted[i], got[i])
            : std::ranges::any_of(got, [&](const Item& item) { return matches(wanted[i], item); });
    if (!found) return false;
  }
  return true;
}

bool map_matches(const Value& wanted, const yaql::Dict& got) {
  List pairs;
  if (const Value* tagged = wanted.find("$map")) {
    pairs = tagged->as_list();
  } else {
    for (const auto& [key, value, kind] : wanted.as_map()) pairs.push_back(List{key, value});
  }
  if (pairs.size() != got.size()) return false;
  return std::ranges::all_of(pairs, [&](const Value& pair) {
    return std::ranges::any_of(got.entries(), [&](const auto& entry) {
      return matches(pair[0], entry.first) && matches(pair[1], entry.second);
    });
  });
}

bool matches(const Value& wanted, const Item& got) {
  if (wanted.is_list())
    return got.is(Item::Kind::List) && all_match(wanted.as_list(), got.list().items(), true);
  if (!wanted.is_map()) return got.is(Item::Kind::Scalar) && same(wanted, got.scalar());
  if (wanted.find("$unrepresentable")) return true;
  if (wanted.find("$float")) return got.is_number() && same(decode(wanted), got.scalar());
  if (const Value* set = wanted.find("$set"))
    return got.is(Item::Kind::Set) && all_match(set->as_list(), got.set().items, false);
  if (const Value* iso = wanted.find("$datetime")) {
    std::string text = iso->as_string();
    std::ranges::replace(text, 'T', ' ');
    return got.is(Item::Kind::DateTime) && yaql::datetime_str(got.moment()) == text;
  }
  if (const Value* seconds = wanted.find("$timespan_seconds"))
    return got.is(Item::Kind::TimeSpan) &&
           static_cast<double>(got.span().micros) / 1e6 == seconds->as_double();
  return got.is(Item::Kind::Dict) && map_matches(wanted, *got.dict());
}

}  // namespace

Verdict judge_yaql(const Case& one) {
  const Value& error = one.error();
  const std::string name = error["error_class"].string_or("");
  try {
    const Item got =
        yaql::Expression(one.text("expression")).evaluate(Map{{"data", decode(one.data["data"])}});
    if (!error.is_null())
      return {Verdict::Kind::Differs, "wanted " + name + "; got " + yaql::shown(got)};
    if (matches(one.expect()["value"], got)) return {};
    return {Verdict::Kind::Differs,
            "wanted " + to_json(one.expect()["value"]) + "; got " + yaql::to_repr(got)};
  } catch (const yaql::Failure& failure) {
    const std::string got(yaql::original_name(failure.reason()));
    const bool parsing = failure.reason() == yaql::Reason::Syntax;
    if (!error.is_null() && parsing == (error["phase"] == Value("parse")) &&
        (got == name || (is_mishap(name) && is_mishap(got))))
      return {};
    return {Verdict::Kind::Differs, one.text("expression").substr(0, 200) + ": wanted " +
                                        (error.is_null() ? to_json(one.expect()) : name) +
                                        "; got " + got + ": " + failure.what()};
  }
}

}  // namespace heat::oracle
