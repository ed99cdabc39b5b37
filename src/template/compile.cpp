#include "template/compile.h"

#include <algorithm>

#include "template/function.h"

namespace heat {

namespace {

using Node = Expression::Node;
using Pointer = std::shared_ptr<const Node>;
constexpr std::size_t kDepthLimit = 200;  // beyond what any reader lets through

class Compiler {
 public:
  Compiler(const Surroundings& around, Path path) : around_(around), path_(std::move(path)) {}

  Pointer compile(const Value& snippet, Place place) {
    if (path_.size() > kDepthLimit)
      throw Error(ErrorKind::StackValidationFailed, "The template is nested too deeply.", path_);
    if (!within_call_ && !holds_call(snippet)) return literal(snippet);
    if (snippet.is_list()) return list(snippet, place);
    if (!snippet.is_map()) return literal(snippet);
    if (snippet.as_map().size() == 1) {
      const Map::Entry& only = snippet.as_map().at_index(0);
      if (only.key_kind == Value::Kind::String)
        if (Pointer call = this->call(snippet, only, place)) return call;
    }
    return map(snippet, place);
  }

 private:
  static bool holds_call(const Value& snippet) {
    if (snippet.is_list()) return std::ranges::any_of(snippet.as_list(), holds_call);
    if (!snippet.is_map()) return false;
    const Map& map = snippet.as_map();
    if (map.size() == 1 && names_function(map.at_index(0).key)) return true;
    return std::ranges::any_of(map,
                               [](const Map::Entry& entry) { return holds_call(entry.value); });
  }

  static Pointer literal(const Value& value) {
    auto node = std::make_shared<Node>();
    node->source = value;
    return node;
  }

  Pointer part(const std::string& step, const Value& snippet, Place place) {
    path_.push_back(step);
    Pointer node = compile(snippet, place);
    path_.pop_back();
    return node;
  }

  Pointer list(const Value& snippet, Place place) {
    auto node = std::make_shared<Node>();
    node->kind = Node::Kind::List;
    node->source = snippet;
    node->items.reserve(snippet.as_list().size());
    for (const Value& item : snippet.as_list()) {
      node->items.push_back(part(std::to_string(node->items.size()), item, place));
      node->constant = node->constant && node->items.back()->constant;
    }
    return node;
  }

  Pointer map(const Value& snippet, Place place) {
    auto node = std::make_shared<Node>();
    node->kind = Node::Kind::Map;
    node->source = snippet;
    node->items.reserve(snippet.as_map().size());
    for (const auto& [key, value, kind] : snippet.as_map()) {
      node->items.push_back(part(key, value, place));
      node->constant = node->constant && node->items.back()->constant;
    }
    return node;
  }

  Pointer call(const Value& snippet, const Map::Entry& entry, Place place) {
    auto [function, refusal] = find_function(entry.key, around_.version, place);
    if (!function && refusal.empty()) return nullptr;
    if (function && function->of_resource && place == Place::Value && names_resource(entry.value))
      function = function->of_resource;
    path_.push_back(entry.key);
    auto call = std::make_unique<Call>();
    call->function = function;
    call->path = path_;
    call->problem = std::move(refusal);
    if (function) {
      ++within_call_;
      call->argument = function->role == FunctionRole::Choice ? branches(entry.value, place)
                                                              : compile(entry.value, place);
      --within_call_;
      call->problem = function->check(*call->argument, function->name);
    }
    path_.pop_back();
    auto node = std::make_shared<Node>();
    node->kind = Node::Kind::Call;
    node->constant = false;
    node->source = snippet;
    node->call = std::move(call);
    return node;
  }

  /// The first item of an `if` is a condition, whatever the others are.
  Pointer branches(const Value& argument, Place place) {
    if (!argument.is_list()) return compile(argument, place);
    auto node = std::make_shared<Node>();
    node->kind = Node::Kind::List;
    node->constant = false;
    node->source = argument;
    for (const Value& item : argument.as_list())
      node->items.push_back(part(std::to_string(node->items.size()), item,
                                 node->items.empty() ? Place::Condition : place));
    return node;
  }

  bool names_resource(const Value& name) const {
    return name.is_string() && around_.resources.find(name.as_string()) != nullptr;
  }

  const Surroundings& around_;
  Path path_;
  int within_call_ = 0;
};

}  // namespace

Expression compile(const Value& snippet, const Surroundings& around, Place place, Path path) {
  return Expression(Compiler(around, std::move(path)).compile(snippet, place));
}

}  // namespace heat
