#include "template/kinds_check.h"

#include "template/function.h"
#include "template/signatures.h"

namespace heat {

namespace {

using Node = Expression::Node;

/// A part of a snippet, or of a literal in it.
struct Spot {
  const Node* node = nullptr;  ///< a part of a snippet; else what follows says where it is
  bool of_call = false;        ///< the call itself, by its name
  const Spot* whole = nullptr;
  const Map::Entry* entry = nullptr;  ///< of a map
  std::size_t index = 0;              ///< in a list

  Path path() const {
    if (node) return of_call ? node->call_path() : node->path();
    Path path = whole->path();
    path.push_back(entry ? entry->key : std::to_string(index));
    return path;
  }
};

class KindsCheck {
 public:
  KindsCheck(const Outlook& outlook, Diagnostics& findings)
      : outlook_(outlook), findings_(findings) {}

  /// Looks at a part and all in it; gives what it may give.
  Kinds look(const Node& node) {
    if (node.is_call()) return call(node);
    for (const Node& item : node.items) look(item);
    return node.constant ? of_literal(node.source()) : Kinds::of(node.source());
  }

  /// The same for a part that a property of that schema is made of.
  void look(const Node& node, const Schema& schema) {
    if (node.kind == Node::Kind::Literal) return literal(node.source(), schema, {.node = &node});
    if (node.is_call() && is_choice(node)) {
      const auto& items = node.argument().items;
      look(items[0]);
      for (std::size_t i = 1; i < items.size(); ++i) look(items[i], schema);
      return;
    }
    if (node.is_call() || !has_parts(node.source(), schema))
      return expect(look(node), Kinds::taken_by(schema), {}, {.node = &node});
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      const bool map = node.kind == Node::Kind::Map;
      const Schema* of = map ? member(schema, node.key(i), {.node = &node}) : schema.item.get();
      if (of)
        look(node.items[i], *of);
      else
        look(node.items[i]);
    }
  }

 private:
  static bool is_choice(const Node& call) {
    return !call.problem && call.function->role == FunctionRole::Choice;
  }

  /// What is empty is taken for nothing, whatever it is.
  static Kinds of_literal(const Value& value) {
    return value.truthy() ? Kinds::of(value) : Kinds();
  }

  /// Whether each member of the list or map has a schema of its own.
  static bool has_parts(const Value& value, const Schema& schema) {
    if (value.is_map()) return schema.type == Type::Map && (!schema.members.empty() || schema.item);
    return value.is_list() && schema.type == Type::List && schema.item;
  }

  void literal(const Value& value, const Schema& schema, const Spot& spot) {
    if (!has_parts(value, schema))
      return expect(of_literal(value), Kinds::taken_by(schema), {}, spot);
    if (value.is_map()) {
      for (const Map::Entry& entry : value.as_map())
        if (const Schema* of = member(schema, entry.key, spot))
          literal(entry.value, *of, {.whole = &spot, .entry = &entry});
      return;
    }
    const List& list = value.as_list();
    for (std::size_t i = 0; i < list.size(); ++i)
      literal(list[i], *schema.item, {.whole = &spot, .index = i});
  }

  /// Null where there is none of that name.
  const Schema* member(const Schema& schema, const std::string& name, const Spot& spot) {
    if (schema.members.empty()) return schema.item.get();
    const Schema* member = schema.member(name);
    if (member) return member;
    std::vector<std::string> known;
    for (const auto& [other, ignored] : schema.members) known.push_back(other);
    Path path = spot.path();
    path.push_back(name);
    findings_.add_further(ErrorKind::StackValidationFailed,
                          "There is no property '" + name + "' here." + did_you_mean(name, known),
                          std::move(path));
    return nullptr;
  }

  Kinds call(const Node& call) {
    if (call.problem) {
      findings_.add_further(ErrorKind::StackValidationFailed, *call.problem, call.call_path());
      return {};
    }
    Kinds kinds;
    if (is_choice(call))
      kinds = choice(call.argument());
    else if (const Signature* signature = signature_of(call.function->name))
      kinds = by_signature(call, *signature);
    else
      look(call.argument());
    return by_name(call).value_or(kinds);
  }

  Kinds choice(const Node& argument) {
    Kinds kinds = argument.items.size() > 2 ? Kinds::none() : Kinds(Kinds::Null);
    look(argument.items[0]);
    for (std::size_t i = 1; i < argument.items.size(); ++i) kinds = kinds | look(argument.items[i]);
    return kinds;
  }

  Kinds by_signature(const Node& call, const Signature& signature) {
    const Node& argument = call.argument();
    const bool list = argument.kind == Node::Kind::List && !signature.items.empty();
    const bool map = argument.kind == Node::Kind::Map && !signature.members.empty();
    if (!list && !map) look(argument);
    for (std::size_t i = 0; (list || map) && i < argument.items.size(); ++i) {
      Kinds taken;
      if (list) taken = signature.items[std::min(i, signature.items.size() - 1)];
      for (const auto& [name, kinds] : signature.members)
        if (map && name == argument.key(i)) taken = kinds;
      expect(look(argument.items[i]), taken, call.function->name, {.node = &argument.items[i]});
    }
    return signature.gives;
  }

  /// What is known of what a call names, where the name is written out.
  std::optional<Kinds> by_name(const Node& call) {
    const Node& argument = call.argument();
    const bool list = argument.kind == Node::Kind::List;
    const auto text = [&](std::size_t i) -> const std::string& {
      static const std::string none;
      const Node* node = list     ? (i < argument.items.size() ? &argument.items[i] : nullptr)
                         : i == 0 ? &argument
                                  : nullptr;
      return node && node->constant && node->source().is_string() ? node->source().as_string()
                                                                  : none;
    };
    if (text(0).empty()) return std::nullopt;
    std::string about;
    std::optional<Kinds> kinds;
    const FunctionRole role = call.function->role;
    if (role == FunctionRole::Parameter)
      kinds = outlook_.parameter(text(0), about);
    else if (role == FunctionRole::Reference)
      kinds = outlook_.reference(text(0), about);
    else if (call.function->name == "get_file")
      kinds = outlook_.file(text(0), about);
    else if (role == FunctionRole::Attribute && !text(1).empty())
      kinds = outlook_.attribute(text(0), text(1), about);
    else
      return std::nullopt;
    if (!kinds) find(std::move(about), {.node = &call, .of_call = true});
    const std::size_t named = role == FunctionRole::Attribute ? 2 : 1;
    if (!kinds || (list && argument.items.size() > named)) return Kinds();
    return kinds;
  }

  /// `function`: what takes it; empty: a property does.
  void expect(Kinds given, Kinds taken, std::string_view function, const Spot& spot) {
    if (!(given & taken).empty()) return;
    const std::string taker = function.empty() ? "The property" : "'" + std::string(function) + "'";
    find(taker + " takes " + taken.str() + " here, but this gives " + given.str() + ".", spot);
  }

  void find(std::string message, const Spot& spot) {
    findings_.add_further(ErrorKind::StackValidationFailed, std::move(message), spot.path());
  }

  const Outlook& outlook_;
  Diagnostics& findings_;
};

}  // namespace

void check_kinds(const Expression& snippet, const Schema* schema, const Outlook& outlook,
                 Diagnostics& findings) {
  KindsCheck check(outlook, findings);
  if (schema)
    check.look(snippet.node(), *schema);
  else
    check.look(snippet.node());
}

}  // namespace heat
