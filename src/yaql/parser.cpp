#include <optional>

#include "yaql/failure.h"
#include "yaql/function.h"
#include "yaql/lexer.h"
#include "yaql/syntax.h"

namespace heat::yaql {

namespace {

/// How tightly an operator binds; a larger number binds tighter.
struct Operator {
  std::string_view symbol;
  int binary = 0;
  int unary = 0;
  std::string_view function = {};  ///< where it is not #operator_ and the symbol
  bool from_right = false;
};

constexpr Operator kOperators[] = {
    {"->", 1, 0, "", true},
    {"or", 2},
    {"and", 3},
    {"not", 0, 4},
    {">", 5},
    {"<", 5},
    {">=", 5},
    {"<=", 5},
    {"!=", 5, 0, "*not_equal"},
    {"=", 5, 0, "*equal"},
    {"in", 5},
    {"+", 6, 9},
    {"-", 6, 9},
    {"*", 7},
    {"/", 7},
    {"mod", 7},
    {"=~", 8},
    {"!~", 8},
    {"[", 10, 0, "#indexer"},
    {".", 11},
    {"?.", 11},
};
constexpr int kDeepest = 150;

const Operator* find_operator(const Token& token) {
  if (token.kind != Token::Kind::Symbol) return nullptr;
  for (const Operator& each : kOperators)
    if (each.symbol == token.text) return &each;
  return nullptr;
}

Node call(Node::Kind kind, std::string name, std::vector<Node> parts) {
  const Overloads* overloads = find_overloads(name);
  return {kind, {}, std::move(name), overloads, std::move(parts)};
}

std::vector<Node> two(Node first, Node second) {
  std::vector<Node> parts;
  parts.reserve(2);
  parts.push_back(std::move(first));
  parts.push_back(std::move(second));
  return parts;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : tokens_(tokens(text)) {}

  Node run() {
    Node result = value(0);
    if (now().kind != Token::Kind::End) unexpected();
    return result;
  }

 private:
  const Token& now() const { return tokens_[at_]; }

  [[noreturn]] void unexpected() const {
    if (now().kind == Token::Kind::End)
      throw Failure(Reason::Syntax, "The expression ends too early.", now().at);
    throw Failure(
        Reason::Syntax,
        "'" + now().text + "' at position " + std::to_string(now().at) + " can't stand there.",
        now().at);
  }

  void expect(std::string_view symbol) {
    if (!now().is(symbol)) unexpected();
    ++at_;
  }

  /// Operators that bind at least as tightly as `least` belong to this value.
  Node value(int least) {
    if (++depth_ > kDeepest)
      throw Failure(Reason::Syntax, "The expression is nested too deep.", now().at);
    Node left = operand();
    int length = 0;
    while (const Operator* op = find_operator(now())) {
      if (op->binary == 0 || op->binary < least) break;
      if (depth_ + ++length > kDeepest)
        throw Failure(Reason::Syntax, "The expression has too many operators in a row.", now().at);
      left = binary(std::move(left), *op);
    }
    --depth_;
    return left;
  }

  Node binary(Node left, const Operator& op) {
    ++at_;
    if (op.symbol == "[") {
      std::vector<Node> parts = arguments("]");
      parts.insert(parts.begin(), std::move(left));
      return call(Node::Kind::Operator, std::string(op.function), std::move(parts));
    }
    Node right = value(op.from_right ? op.binary : op.binary + 1);
    if (op.symbol == "." || op.symbol == "?.")
      return {op.symbol == "." ? Node::Kind::Dot : Node::Kind::SafeDot,
              {},
              "#operator_.",
              nullptr,
              two(std::move(left), std::move(right))};
    const std::string name =
        op.function.empty() ? "#operator_" + std::string(op.symbol) : std::string(op.function);
    return call(Node::Kind::Operator, name, two(std::move(left), std::move(right)));
  }

  Node operand() {
    const Token& token = now();
    switch (token.kind) {
      case Token::Kind::Constant:
        ++at_;
        return {Node::Kind::Constant, token.value, "", nullptr, {}};
      case Token::Kind::Keyword:
        ++at_;
        return {Node::Kind::Keyword, token.value, token.text, nullptr, {}};
      case Token::Kind::Variable:
        ++at_;
        return {Node::Kind::Variable, {}, token.text, nullptr, {}};
      case Token::Kind::Function: {
        ++at_;
        std::string name = token.text;
        while (!name.empty() && name.back() == '_') name.pop_back();
        return call(Node::Kind::Function, std::move(name), arguments(")"));
      }
      case Token::Kind::Symbol:
        return symbol(token);
      case Token::Kind::End:
        break;
    }
    unexpected();
  }

  Node symbol(const Token& token) {
    if (token.is("(")) {
      ++at_;
      std::vector<Node> inside;
      inside.push_back(value(0));
      expect(")");
      return {Node::Kind::Wrap, {}, "", nullptr, std::move(inside)};
    }
    if (token.is("[") || token.is("{")) {
      ++at_;
      const bool list = token.is("[");
      return call(Node::Kind::Operator, list ? "#list" : "#map", arguments(list ? "]" : "}"));
    }
    const Operator* op = find_operator(token);
    if (!op || op->unary == 0) unexpected();
    ++at_;
    std::vector<Node> operand;
    operand.push_back(value(op->unary));
    return call(Node::Kind::Operator, "#unary_operator_" + token.text, std::move(operand));
  }

  /// Values, of which all but the last may be left out, then rules; up to and with `close`.
  std::vector<Node> arguments(std::string_view close) {
    std::vector<Node> result;
    bool rules = false;
    int skipped = 0;
    while (!now().is(close)) {
      if (now().is(",")) {
        if (rules) unexpected();
        result.push_back({Node::Kind::Skipped, {}, "", nullptr, {}});
        ++skipped;
        ++at_;
        continue;
      }
      Node argument = value(0);
      if (now().is("=>")) {
        const bool only_skipped = skipped > 0 && static_cast<int>(result.size()) == skipped;
        if (skipped > 1 || only_skipped) unexpected();
        ++at_;
        argument = {Node::Kind::Rule, {}, "", nullptr, two(std::move(argument), value(0))};
        rules = true;
      } else if (rules) {
        unexpected();
      }
      skipped = 0;
      result.push_back(std::move(argument));
      if (now().is(close)) break;
      expect(",");
      if (now().is(close)) unexpected();
    }
    if (!result.empty() && result.back().kind == Node::Kind::Skipped) unexpected();
    ++at_;
    return result;
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

Node parse(std::string_view text) { return Parser(text).run(); }

}  // namespace heat::yaql
