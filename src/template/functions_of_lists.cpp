#include <algorithm>
#include <unordered_set>

#include "base/utf8.h"
#include "schema/schema.h"
#include "template/functions.h"
#include "text/write.h"

namespace heat {

namespace {

using Kind = Value::Kind;

std::string kind_of(const Value& value) { return std::string(value.kind_name()); }

/// What `repeat` runs through: a key and the values it takes, one after the other.
struct Loop {
  std::string key;
  List values;
};

enum class Over { Lists, Maps };

List values_of(const Value& value, Over over) {
  if (value.is_null()) return {};
  if (value.is_list()) return value.as_list();
  if (!value.is_map() || over == Over::Lists)
    wrong_argument("The values of 'for_each' must be lists, not a " + kind_of(value) + ".");
  List keys;
  for (const auto& entry : value.as_map()) keys.emplace_back(entry.key);
  return keys;
}

/// Python's str.replace, which puts the value between all characters where the key is empty.
std::string replace_all(const std::string& text, const std::string& key, const std::string& value) {
  std::string result;
  std::size_t begin = 0;
  if (key.empty()) {
    for (result = value; begin < text.size(); result += value) {
      const std::size_t from = begin;
      next_point(text, begin);
      result.append(text, from, begin - from);
      check_text_size(result.size());
    }
    return result;
  }
  for (std::size_t at; (at = text.find(key, begin)) != std::string::npos; begin = at + key.size()) {
    result.append(text, begin, at - begin).append(value);
    check_text_size(result.size());
  }
  return result.append(text, begin);
}

/// One round of a `repeat`: the template with every key replaced by its value of the round.
class Round {
 public:
  Round(const std::vector<Loop>& loops, const std::vector<std::size_t>& at, std::size_t& made)
      : loops_(loops), at_(at), made_(made) {}

  Value fill(const Value& snippet) {
    if (++made_ > kItemLimit * 10)
      wrong_argument("'repeat' would make too much: more than a million values.");
    if (snippet.is_string()) return text(snippet.as_string());
    if (snippet.is_list()) {
      List items;
      for (const Value& item : snippet.as_list()) items.push_back(fill(item));
      return items;
    }
    if (!snippet.is_map()) return snippet;
    Map map;
    for (const auto& [key, value, kind] : snippet.as_map())
      map.set(kind == Kind::String ? text(key) : key, fill(value), kind);
    return map;
  }

 private:
  std::string text(std::string text) {
    for (std::size_t i = 0; i < loops_.size(); ++i) {
      const Value& value = loops_[i].values[at_[i]];
      if (!value.is_string())
        wrong_argument("The values of 'for_each' must be texts where they go into text, not " +
                       to_json(value) + ".");
      text = replace_all(text, loops_[i].key, value.as_string());
    }
    made_ += text.size() / 64;
    return text;
  }

  const std::vector<Loop>& loops_;
  const std::vector<std::size_t>& at_;
  std::size_t& made_;
};

std::vector<Loop> loops_of(const Value& for_each, Over over) {
  if (!for_each.is_map() || for_each.as_map().empty())
    wrong_argument("'for_each' must be a map with one key at least.");
  std::vector<Loop> loops;
  for (const auto& [key, value, kind] : for_each.as_map()) {
    if (kind != Kind::String) wrong_argument("The keys of 'for_each' must be texts.");
    loops.push_back({key, values_of(value, over)});
  }
  return loops;
}

/// Every combination of the values, the last key running fastest.
List every_combination(const std::vector<Loop>& loops, const Value& snippet) {
  std::size_t rounds = 1;
  for (const Loop& loop : loops) {
    rounds *= loop.values.size();
    check_item_count(rounds);
  }
  List result;
  std::vector<std::size_t> at(loops.size());
  for (std::size_t made = 0; result.size() < rounds;) {
    result.push_back(Round(loops, at, made).fill(snippet));
    for (std::size_t i = loops.size(); i-- > 0;) {
      if (++at[i] < loops[i].values.size()) break;
      at[i] = 0;
    }
  }
  return result;
}

/// The first values together, then the second ones, and so on.
List side_by_side(const std::vector<Loop>& loops, const Value& for_each, const Value& snippet) {
  std::size_t rounds = loops.front().values.size();
  std::optional<std::size_t> length;
  for (const Loop& loop : loops) {
    rounds = std::min(rounds, loop.values.size());
    if (part(for_each, loop.key).is_null()) continue;
    if (length && *length != loop.values.size())
      wrong_argument("Without permutations the lists of 'for_each' must be equally long.");
    length = loop.values.size();
  }
  List result;
  for (std::size_t round = 0, made = 0; round < rounds; ++round)
    result.push_back(Round(loops, std::vector(loops.size(), round), made).fill(snippet));
  return result;
}

Value repeat(const Value& argument, Over over) {
  const Value for_each = part(argument, "for_each");
  return every_combination(loops_of(for_each, over), part(argument, "template"));
}

Value concatenated(const Value& argument, std::string_view function) {
  const Value args = present(argument);
  if (args.is(Kind::Unknown)) return args;
  if (!args.is_list()) wrong_argument("'" + std::string(function) + "' takes a list of lists.");
  List result;
  for (const Value& list : args.as_list()) {
    if (list.is(Kind::Unknown)) return list;
    if (list.is_null()) continue;
    if (!list.is_list())
      wrong_argument("'" + std::string(function) + "' takes a list of lists, not one with a " +
                     kind_of(list) + ".");
    check_item_count(result.size() + list.as_list().size());
    result.insert(result.end(), list.as_list().begin(), list.as_list().end());
  }
  return result;
}

struct ByContent {
  std::size_t operator()(const Value& value) const { return value.hash(); }
};
using ValueSet = std::unordered_set<Value, ByContent>;

}  // namespace

std::string check_repeat(const Node& argument, std::string_view name) {
  const Node* for_each = argument.member("for_each");
  if (argument.kind != Node::Kind::Map || !for_each || !argument.member("template"))
    return takes(name, "a map with 'template' and 'for_each' (a map of lists).");
  if (for_each->kind != Node::Kind::Map && !for_each->is_call()) return "'for_each' must be a map.";
  return {};
}

std::string check_repeat_with_permutations(const Node& argument, std::string_view name) {
  const Node* permutations = argument.member("permutations");
  if (permutations && (permutations->is_call() || !permutations->source().is_bool()))
    return "'permutations' must be true or false.";
  return check_repeat(argument, name);
}

Value repeat_over_lists(const Value& argument) { return repeat(argument, Over::Lists); }
Value repeat_over_maps(const Value& argument) { return repeat(argument, Over::Maps); }

Value repeat(const Value& argument) {
  if (!(argument["permutations"] == Value(false))) return repeat(argument, Over::Maps);
  const Value for_each = part(argument, "for_each");
  return side_by_side(loops_of(for_each, Over::Lists), for_each, part(argument, "template"));
}

Value list_concat(const Value& argument) { return concatenated(argument, "list_concat"); }

Value list_concat_unique(const Value& argument) {
  const Value all = concatenated(argument, "list_concat_unique");
  List result;
  ValueSet seen;
  for (const Value& item : all.as_list())
    if (seen.insert(item).second) result.push_back(item);
  return result;
}

std::string check_contains(const Node& argument, std::string_view name) {
  if (is_list(argument, 2, 2)) return {};
  return takes(name, "a list: the value, and the list or text to look for it in.");
}

Value contains(const Value& argument) {
  const Value value = part(argument, 0), where = part(argument, 1);
  if (where.is_list()) return std::ranges::find(where.as_list(), value) != where.as_list().end();
  if (!where.is_string() || !value.is_string())
    wrong_argument("'contains' looks for a value in a list, or for text in text.");
  return where.as_string().find(value.as_string()) != std::string::npos;
}

std::string check_filter(const Node& argument, std::string_view name) {
  if (is_list(argument, 2, 2)) return {};
  return takes(name, "a list: the values to leave out, and the list to leave them out of.");
}

/// What an empty list is filtered by is not looked at.
Value filter(const Node& argument, Evaluation& evaluation) {
  const Value list = evaluation.value(argument.items[1]);
  if (contains_unknown(list)) return Value::unknown();
  if (!list.truthy()) return list;
  if (!list.is_list()) wrong_argument("'filter' filters a list, not a " + kind_of(list) + ".");
  const Value values = evaluation.value(argument.items[0]);
  if (contains_unknown(values)) return Value::unknown();
  if (!values.truthy()) return list;
  if (!values.is_list()) wrong_argument("What 'filter' leaves out must be a list.");
  const ValueSet unwanted(values.as_list().begin(), values.as_list().end());
  List result;
  for (const Value& item : list.as_list())
    if (!unwanted.contains(item)) result.push_back(item);
  return result;
}

}  // namespace heat
