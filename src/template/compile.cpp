#include "template/compile.h"

#include "template/function.h"

namespace heat {

namespace {

using Node = Expression::Node;
constexpr std::size_t kDepthLimit = 200;  // beyond what any reader lets through

class Compiler {
 public:
  Compiler(const Surroundings& around, Snippet& snippet)
      : around_(around), snippet_(snippet), depth_(snippet.place.size()) {}

  void compile(const Value& snippet, Place place, Node& into) {
    if (depth_ > kDepthLimit)
      throw Error(ErrorKind::StackValidationFailed, "The template is nested too deeply.",
                  into.path());
    into.written = &snippet;
    if (!snippet.is_list() && !snippet.is_map()) return;
    const Snippet::Mark before = snippet_.mark();
    if (snippet.is_list())
      list(place, place, into);
    else if (snippet.as_map().size() != 1 || !call(snippet.as_map().at_index(0), place, into))
      map(place, into);
    if (into.constant && within_call_ == 0) literal(into, before);
  }

 private:
  /// What holds no call needs no parts, unless it is a call's argument.
  void literal(Node& whole, Snippet::Mark before) {
    whole.kind = Node::Kind::Literal;
    whole.items = {};
    snippet_.forget_since(before);
  }

  void part(const Value& snippet, Place place, std::size_t item, Node& whole) {
    Node& part = whole.items[item];
    part.whole = &whole;
    ++depth_;
    compile(snippet, place, part);
    --depth_;
    whole.constant = whole.constant && part.constant;
  }

  void list(Place first, Place others, Node& into) {
    const List& list = into.source().as_list();
    into.kind = Node::Kind::List;
    into.items = snippet_.make_parts(list.size());
    for (std::size_t i = 0; i < list.size(); ++i) part(list[i], i == 0 ? first : others, i, into);
  }

  void map(Place place, Node& into) {
    const Map& map = into.source().as_map();
    into.kind = Node::Kind::Map;
    into.items = snippet_.make_parts(map.size());
    for (std::size_t i = 0; i < map.size(); ++i) part(map.at_index(i).value, place, i, into);
  }

  /// Whether the entry of a map is a call.
  bool call(const Map::Entry& entry, Place place, Node& into) {
    if (entry.key_kind != Value::Kind::String) return false;
    auto [function, refusal] = find_function(entry.key, around_.version, place);
    if (!function && refusal.empty()) return false;
    if (function && function->of_resource && place == Place::Value && names_resource(entry.value))
      function = function->of_resource;
    into.kind = Node::Kind::Call;
    into.function = function;
    if (function) {
      into.items = snippet_.make_parts(1);
      ++within_call_;
      if (function->role == FunctionRole::Choice && entry.value.is_list())
        branches(entry.value, place, into);
      else
        part(entry.value, place, 0, into);
      --within_call_;
      refusal = function->check(into.argument(), function->name);
    }
    if (!refusal.empty()) into.problem = &snippet_.problems.emplace_front(std::move(refusal));
    into.constant = false;
    return true;
  }

  /// The first item of an `if` is a condition, whatever the others are.
  void branches(const Value& argument, Place place, Node& call) {
    Node& into = call.items.front();
    into.whole = &call;
    into.written = &argument;
    ++depth_;
    list(Place::Condition, place, into);
    --depth_;
    into.constant = false;
  }

  bool names_resource(const Value& name) const {
    return name.is_string() && around_.resources.find(name.as_string()) != nullptr;
  }

  const Surroundings& around_;
  Snippet& snippet_;
  std::size_t depth_;  ///< in the template
  int within_call_ = 0;
};

}  // namespace

Expression compile(const Value& snippet, const Surroundings& around, Place place, Path path) {
  const auto compiled = std::make_shared<Snippet>(snippet, std::move(path));
  Compiler(around, *compiled).compile(compiled->written, place, compiled->whole);
  return Expression({compiled, &compiled->whole});
}

}  // namespace heat
