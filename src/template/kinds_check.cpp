#include "template/kinds_check.h"

#include "template/function.h"
#include "template/signatures.h"

namespace heat {

namespace {

using Node = Expression::Node;

class KindsCheck {
 public:
  KindsCheck(const Path& path, const Outlook& outlook, Diagnostics& findings)
      : path_(path), outlook_(outlook), findings_(findings) {}

  /// Looks at a part and all in it; gives what it may give.
  Kinds look(const Node& node) {
    if (node.is_call()) return call(*node.call);
    for (std::size_t i = 0; i < node.items.size(); ++i) below(step(node, i), *node.items[i]);
    // What is empty is taken for nothing, whatever it is.
    return node.constant && !node.source.truthy() ? Kinds() : Kinds::of(node.source);
  }

  /// The same for a part that a property of that schema is made of.
  void look(const Node& node, const Schema& schema) {
    if (node.is_call() && is_choice(*node.call)) {
      within(*node.call, [&](const Node& argument) {
        below("0", *argument.items[0]);
        for (std::size_t i = 1; i < argument.items.size(); ++i)
          below(std::to_string(i), *argument.items[i], &schema);
      });
      return;
    }
    const bool literal = node.kind == Node::Kind::Literal;
    if (!node.is_call() && (literal ? inside(in_parts(node.source), schema) : inside(node, schema)))
      return;
    expect(look(node), Kinds::taken_by(schema), "The property takes ");
  }

 private:
  static bool is_choice(const Call& call) {
    return call.problem.empty() && call.function->role == FunctionRole::Choice;
  }

  /// A literal list or map as a node of its items, so that each is held against its own schema.
  static Node in_parts(const Value& literal) {
    Node node;
    node.source = literal;
    const auto add = [&node](const Value& item) {
      Node part;
      part.source = item;
      node.items.push_back(std::make_shared<const Node>(std::move(part)));
    };
    if (literal.is_list()) {
      node.kind = Node::Kind::List;
      for (const Value& item : literal.as_list()) add(item);
    } else if (literal.is_map()) {
      node.kind = Node::Kind::Map;
      for (const auto& entry : literal.as_map()) add(entry.value);
    }
    return node;
  }

  static const std::string& key(const Node& map, std::size_t i) {
    return map.source.as_map().at_index(i).key;
  }

  static std::string step(const Node& node, std::size_t i) {
    return node.kind == Node::Kind::Map ? key(node, i) : std::to_string(i);
  }

  Kinds below(const std::string& step, const Node& node, const Schema* schema = nullptr) {
    path_.push_back(step);
    Kinds kinds;
    if (schema)
      look(node, *schema);
    else
      kinds = look(node);
    path_.pop_back();
    return kinds;
  }

  template <class Work>
  void within(const Call& call, Work work) {
    path_.push_back(call.path.back());
    work(*call.argument);
    path_.pop_back();
  }

  /// The members of a literal list or map, each by its own schema; false where there is none.
  bool inside(const Node& node, const Schema& schema) {
    const bool map = node.kind == Node::Kind::Map && (!schema.members.empty() || schema.item);
    const bool list = node.kind == Node::Kind::List && schema.type == Type::List && schema.item;
    if (!map && !list) return false;
    if (map && schema.type != Type::Map) return false;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      const Schema* of = schema.item.get();
      if (map && !schema.members.empty()) of = schema.member(key(node, i));
      if (map && !of) unknown(key(node, i), schema);
      below(step(node, i), *node.items[i], of);
    }
    return true;
  }

  void unknown(const std::string& name, const Schema& schema) {
    std::vector<std::string> known;
    for (const auto& [member, ignored] : schema.members) known.push_back(member);
    path_.push_back(name);
    find("There is no property '" + name + "' here." + did_you_mean(name, known));
    path_.pop_back();
  }

  Kinds call(const Call& call) {
    if (!call.problem.empty()) {
      findings_.add_further(ErrorKind::StackValidationFailed, call.problem, call.path);
      return {};
    }
    Kinds kinds;
    within(call, [&](const Node& argument) {
      if (is_choice(call))
        kinds = choice(argument);
      else if (const Signature* signature = signature_of(call.function->name))
        kinds = by_signature(call, *signature, argument);
      else
        look(argument);
      if (const auto named = by_name(call, argument)) kinds = *named;
    });
    return kinds;
  }

  Kinds choice(const Node& argument) {
    Kinds kinds = argument.items.size() > 2 ? Kinds::none() : Kinds(Kinds::Null);
    below("0", *argument.items[0]);
    for (std::size_t i = 1; i < argument.items.size(); ++i)
      kinds = kinds | below(std::to_string(i), *argument.items[i]);
    return kinds;
  }

  Kinds by_signature(const Call& call, const Signature& signature, const Node& argument) {
    const std::string takes = "'" + std::string(call.function->name) + "' takes ";
    if (argument.kind == Node::Kind::List && !signature.items.empty()) {
      for (std::size_t i = 0; i < argument.items.size(); ++i) {
        path_.push_back(std::to_string(i));
        expect(look(*argument.items[i]), signature.items[std::min(i, signature.items.size() - 1)],
               takes);
        path_.pop_back();
      }
      return signature.gives;
    }
    if (argument.kind != Node::Kind::Map || signature.members.empty()) {
      look(argument);
      return signature.gives;
    }
    for (std::size_t i = 0; i < argument.items.size(); ++i) {
      Kinds taken;
      for (const auto& [name, kinds] : signature.members)
        if (name == key(argument, i)) taken = kinds;
      path_.push_back(key(argument, i));
      expect(look(*argument.items[i]), taken, takes);
      path_.pop_back();
    }
    return signature.gives;
  }

  /// What is known of what a call names, where the name is written out.
  std::optional<Kinds> by_name(const Call& call, const Node& argument) {
    const bool list = argument.kind == Node::Kind::List;
    const auto text = [&](std::size_t i) -> std::string {
      const Node* node = list     ? (i < argument.items.size() ? argument.items[i].get() : nullptr)
                         : i == 0 ? &argument
                                  : nullptr;
      return node && node->constant ? node->source.string_or("") : std::string();
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
    if (!kinds) find(std::move(about));
    const std::size_t named = role == FunctionRole::Attribute ? 2 : 1;
    if (!kinds || (list && argument.items.size() > named)) return Kinds();
    return kinds;
  }

  void expect(Kinds given, Kinds taken, const std::string& takes) {
    if ((given & taken).empty())
      find(takes + taken.str() + " here, but this gives " + given.str() + ".");
  }

  void find(std::string message) {
    findings_.add_further(ErrorKind::StackValidationFailed, std::move(message), path_);
  }

  Path path_;
  const Outlook& outlook_;
  Diagnostics& findings_;
};

}  // namespace

void check_kinds(const Expression& snippet, const Schema* schema, const Path& path,
                 const Outlook& outlook, Diagnostics& findings) {
  KindsCheck check(path, outlook, findings);
  if (schema)
    check.look(snippet.node(), *schema);
  else
    check.look(snippet.node());
}

}  // namespace heat
