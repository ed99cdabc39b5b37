#include "text/yaml_reader.h"

#include <yaml.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/base64.h"
#include "base/check.h"
#include "base/utf8.h"
#include "text/scalar.h"
#include "text/write.h"

namespace heat {

namespace {

constexpr std::string_view kStandard = "tag:yaml.org,2002:";
constexpr const char* kMergeNeedsMaps = "'<<' merges a map or a list of maps; this is none.";

std::string_view text_of(const yaml_char_t* text) {
  return text ? reinterpret_cast<const char*>(text) : std::string_view{};
}

std::size_t byte_of_character(std::string_view text, std::size_t index) {
  std::size_t byte = 0;
  for (std::size_t i = 0; i < index && byte < text.size(); ++i) next_point(text, byte);
  return byte;
}

/// What the scanner said, in words that help.
std::string explain(const yaml_parser_t& parser, std::string_view text) {
  const std::string_view problem = parser.problem ? parser.problem : "the text can't be read";
  if (parser.error == YAML_READER_ERROR)
    return "The text has a character that YAML does not allow (" + std::string(problem) +
           "); remove it or write it as an escape in double quotes.";
  const bool no_token = problem == "found character that cannot start any token";
  const std::size_t byte = byte_of_character(text, parser.problem_mark.index);
  if (problem == "found a tab character that violates indentation" ||
      (no_token && byte < text.size() && text[byte] == '\t'))
    return "A tab stands where YAML wants spaces; indent with spaces.";
  if (no_token && byte < text.size())
    return "A value can't begin with '" + std::string(1, text[byte]) + "'; put it in quotes.";
  if (problem == "mapping values are not allowed in this context")
    return "A ':' makes no sense here; quote the text before it, or check the indentation.";
  std::string message = "The text is no valid YAML: " + std::string(problem);
  if (parser.context) message += ", " + std::string(parser.context);
  return message + ".";
}

/// Thrown where the scanner gives up: what to tell the user, unless the text can be mended.
struct Stumble {
  Error error;
  std::string problem;  ///< in libyaml's words
  std::size_t byte;     ///< the place in the text
};

class YamlReader {
 public:
  YamlReader(std::string_view text, const std::string& file, const ReadLimits& limits,
             MarkTree& marks)
      : text_(text), file_(file), limits_(limits), marks_(marks) {
    check(yaml_parser_initialize(&parser_) == 1, "libyaml has no memory");
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const yaml_char_t*>(text.data()),
                                 text.size());
  }
  ~YamlReader() {
    yaml_event_delete(&event_);
    yaml_parser_delete(&parser_);
  }
  YamlReader(const YamlReader&) = delete;
  YamlReader& operator=(const YamlReader&) = delete;

  Value read() {
    next();  // stream start
    next();
    if (event_.type == YAML_STREAM_END_EVENT) return Value();
    next();
    Node root = read_node(0);
    refuse_lone_tag(root);
    next();  // document end
    next();
    if (event_.type != YAML_STREAM_END_EVENT)
      fail("A second document begins here; only one is read.");
    marks_.set_root(root.mark);
    return std::move(root.value);
  }

 private:
  struct Node {
    Value value;
    Mark mark;
    std::size_t size = 1;  ///< nodes in it, aliases expanded
    ScalarTag tag = ScalarTag::String;
    bool container = false;
  };
  /// A map being built, with the marks of its members.
  struct Building {
    Map map;
    std::size_t opened;
  };

  std::string_view text_;
  const std::string& file_;
  const ReadLimits& limits_;
  MarkTree& marks_;
  yaml_parser_t parser_;
  yaml_event_t event_{};
  std::map<std::string, Node, std::less<>> anchors_;
  std::size_t nodes_ = 0;

  static Mark place(const yaml_mark_t& mark) {
    return {static_cast<std::uint32_t>(mark.line + 1), static_cast<std::uint32_t>(mark.column + 1)};
  }

  Mark place(std::size_t offset) const {
    const std::string_view before = text_.substr(0, offset);
    const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
    return {static_cast<std::uint32_t>(1 + std::count(before.begin(), before.end(), '\n')),
            static_cast<std::uint32_t>(1 + count_points(before.substr(line_begin)))};
  }

  [[noreturn]] void fail_at(Mark mark, std::string message) const {
    throw Error(ErrorKind::HTTPBadRequest, std::move(message))
        .at({file_, static_cast<int>(mark.line), static_cast<int>(mark.column)});
  }
  [[noreturn]] void fail(std::string message) const {
    fail_at(place(event_.start_mark), std::move(message));
  }

  void next() {
    yaml_event_delete(&event_);
    if (yaml_parser_parse(&parser_, &event_)) return;
    check(parser_.error != YAML_MEMORY_ERROR, "libyaml has no memory");
    const bool unreadable = parser_.error == YAML_READER_ERROR;
    const Mark mark = unreadable ? place(parser_.problem_offset) : place(parser_.problem_mark);
    Error error(ErrorKind::HTTPBadRequest, explain(parser_, text_));
    error.at({file_, static_cast<int>(mark.line), static_cast<int>(mark.column)});
    throw Stumble{
        std::move(error), parser_.problem ? parser_.problem : "",
        unreadable ? parser_.problem_offset : byte_of_character(text_, parser_.problem_mark.index)};
  }

  void count(std::size_t nodes) {
    nodes_ += nodes;
    if (nodes_ > limits_.nodes)
      fail("With its aliases expanded the text has more than " + std::to_string(limits_.nodes) +
           " parts.");
  }

  /// The node whose event is at hand; leaves its last event at hand.
  Node read_node(std::size_t depth) {
    if (depth >= limits_.depth && event_.type != YAML_SCALAR_EVENT &&
        event_.type != YAML_ALIAS_EVENT)
      fail("The text is nested deeper than " + std::to_string(limits_.depth) + " levels.");
    if (event_.type == YAML_ALIAS_EVENT) return read_alias();
    count(1);
    const std::string anchor(anchor_of_event());
    if (!anchor.empty() && anchors_.contains(anchor))
      fail("The anchor '&" + anchor + "' is already there; name this one otherwise.");
    if (event_.type == YAML_SCALAR_EVENT) {
      Node node = read_scalar();
      if (!anchor.empty()) anchors_.emplace(anchor, node);
      return node;
    }
    if (!anchor.empty()) anchors_.emplace(anchor, Node{}).first->second.size = 0;  // not yet whole
    const std::size_t before = nodes_;
    Node node = event_.type == YAML_SEQUENCE_START_EVENT ? read_sequence(depth) : read_map(depth);
    node.size = nodes_ - before + 1;
    if (!anchor.empty()) anchors_[anchor] = node;
    return node;
  }

  std::string_view anchor_of_event() const {
    switch (event_.type) {
      case YAML_SCALAR_EVENT:
        return text_of(event_.data.scalar.anchor);
      case YAML_SEQUENCE_START_EVENT:
        return text_of(event_.data.sequence_start.anchor);
      default:
        return text_of(event_.data.mapping_start.anchor);
    }
  }

  Node read_alias() {
    const std::string_view name = text_of(event_.data.alias.anchor);
    const auto known = anchors_.find(name);
    if (known == anchors_.end()) fail("No anchor '&" + std::string(name) + "' stands above.");
    if (known->second.size == 0) fail("'*" + std::string(name) + "' would contain itself.");
    count(known->second.size);
    Node node = known->second;
    const Mark here = place(event_.start_mark);
    node.mark.line = here.line;
    node.mark.column = here.column;
    return node;
  }

  [[noreturn]] void fail_tag(std::string_view tag) const {
    const bool cloudformation = tag.size() > 1 && tag.front() == '!';
    fail("The tag '" + std::string(tag) + "' is not known" +
         (cloudformation ? "; write the function in its long form, as a map." : "."));
  }

  Node read_scalar() {
    const auto& scalar = event_.data.scalar;
    const std::string_view text(reinterpret_cast<const char*>(scalar.value), scalar.length);
    const std::string_view tag = text_of(scalar.tag);
    Node node;
    node.mark = place(event_.start_mark);
    if (!tag.empty() && tag != "!") {
      node.value = tagged_scalar(tag, text);
      return node;
    }
    node.tag = scalar.plain_implicit ? resolve_plain(text) : ScalarTag::String;
    node.value = construct(node.tag, text);
    return node;
  }

  Value construct(ScalarTag tag, std::string_view text) const {
    std::optional<Value> value;
    switch (tag) {
      case ScalarTag::Null:
        return Value();
      case ScalarTag::Bool:
        value = construct_bool(text);
        break;
      case ScalarTag::Int:
        value = construct_int(text);
        break;
      case ScalarTag::Float:
        value = construct_float(text);
        break;
      default:
        return Value(text);
    }
    if (!value) fail("'" + std::string(text.substr(0, 40)) + "' is no such number or boolean.");
    return *std::move(value);
  }

  Value tagged_scalar(std::string_view tag, std::string_view text) const {
    if (!tag.starts_with(kStandard)) fail_tag(tag);
    const std::string_view name = tag.substr(kStandard.size());
    if (name == "str" || name == "timestamp") return Value(text);
    if (name == "int") return construct(ScalarTag::Int, text);
    if (name == "float") return construct(ScalarTag::Float, text);
    if (name == "bool") return construct(ScalarTag::Bool, text);
    if (name == "null") return Value();
    if (name == "binary") return binary(text);
    for (const std::string_view other : {"seq", "map", "omap", "pairs"})
      if (name == other) fail("'!!" + std::string(name) + "' can't tag a scalar.");
    fail_tag(tag);
  }

  /// The bytes as a list of numbers: what the original makes of them.
  Value binary(std::string_view text) const {
    std::string letters;
    for (const char c : text) {  // Python skips the rest, and stops behind the padding
      if (std::isalnum(static_cast<unsigned char>(c)) || c == '+' || c == '/' || c == '=')
        letters += c;
      if (letters.ends_with('=') && letters.size() % 4 == 0) break;
    }
    const std::optional<std::string> bytes = from_base64(letters);
    if (!bytes) fail("'!!binary' needs base64 text.");
    List list;
    for (const char byte : *bytes) list.emplace_back(static_cast<unsigned char>(byte));
    return Value(std::move(list));
  }

  /// '<<' and '=' mean something as a key only.
  void refuse_lone_tag(const Node& node) const {
    if (node.tag == ScalarTag::Merge || node.tag == ScalarTag::Value)
      fail_at(node.mark,
              "'" + node.value.as_string() + "' stands where only a value can; quote it.");
  }

  std::string container_tag(std::string_view tag, std::string_view own) const {
    if (tag.empty() || tag == "!") return std::string(own);
    if (tag == std::string(kStandard) + std::string(own)) return std::string(own);
    const std::string_view name =
        tag.starts_with(kStandard) ? tag.substr(kStandard.size()) : std::string_view{};
    if (own == "seq" && (name == "omap" || name == "pairs")) return std::string(name);
    for (const std::string_view other : {"str", "int", "float", "bool", "null", "timestamp",
                                         "binary", "seq", "map", "omap", "pairs"})
      if (name == other)
        fail("'!!" + std::string(name) + "' can't tag a " + (own == "seq" ? "list." : "map."));
    fail_tag(tag);
  }

  Node read_sequence(std::size_t depth) {
    const std::string tag = container_tag(text_of(event_.data.sequence_start.tag), "seq");
    Node node;
    node.container = true;
    node.mark = place(event_.start_mark);
    const std::size_t opened = marks_.open();
    List list;
    for (next(); event_.type != YAML_SEQUENCE_END_EVENT; next()) {
      Node item = read_node(depth + 1);
      refuse_lone_tag(item);
      marks_.set(opened, list.size(), item.mark);
      list.push_back(tag == "seq" ? std::move(item.value) : pair_of(item));
    }
    marks_.close(opened, node.mark);
    node.value = Value(std::move(list));
    return node;
  }

  /// An entry of !!omap or !!pairs: [key, value].
  Value pair_of(const Node& item) const {
    if (!item.value.is_map() || item.value.as_map().size() != 1)
      fail_at(item.mark, "Here each item must be a map with one key.");
    const Map::Entry& entry = item.value.as_map().at_index(0);
    return Value(List{Value(entry.key), entry.value});
  }

  Node read_map(std::size_t depth) {
    container_tag(text_of(event_.data.mapping_start.tag), "map");
    Node node;
    node.container = true;
    node.mark = place(event_.start_mark);
    Building own{{}, marks_.open()};
    std::vector<Node> merged;
    for (next(); event_.type != YAML_MAPPING_END_EVENT; next()) {
      const Node key = read_node(depth + 1);
      next();
      Node value = read_node(depth + 1);
      if (key.tag == ScalarTag::Merge) {
        collect_merged(std::move(value), merged);
        continue;
      }
      refuse_lone_tag(value);
      if (key.container)
        fail_at(key.mark, "A list or map can't be a key; quote the text if it was meant as text.");
      value.mark.line = key.mark.line;
      value.mark.column = key.mark.column;
      if (key.value.is_string())
        set(own, key.value.as_string(), Value::Kind::String, std::move(value.value), value.mark);
      else
        set_other_key(own, key.value, std::move(value.value), value.mark);
    }
    marks_.close(own.opened, node.mark);
    if (!merged.empty()) merge(own.map, merged, node.mark);
    node.value = Value(std::move(own.map));
    return node;
  }

  void set(Building& into, std::string key, Value::Kind kind, Value value, Mark mark) {
    marks_.set(into.opened, into.map.set(std::move(key), std::move(value), kind), mark);
  }

  /// As in Python 1, 1.0 and true are one key, and the first that came gives its form.
  void set_other_key(Building& into, const Value& key, Value value, Mark mark) {
    Value form = key;
    for (const Value& other : equal_forms(key))
      if (into.map.find(to_python_str(other), other.kind())) form = other;
    set(into, to_python_str(form), form.kind(), std::move(value), mark);
  }

  static std::vector<Value> equal_forms(const Value& key) {
    constexpr double kExact = 9e15;
    std::vector<Value> forms;
    const auto add = [&](const Value& form) {
      if (form == key && form.kind() != key.kind()) forms.push_back(form);
    };
    if (!key.is_bool() && !key.is_number()) return forms;
    const double number = key.is_bool() ? key.as_bool() : key.as_double();
    add(Value(true)), add(Value(false)), add(Value(number));
    if (number > -kExact && number < kExact) add(Value(static_cast<std::int64_t>(number)));
    return forms;
  }

  void collect_merged(Node value, std::vector<Node>& merged) const {
    if (value.value.is_map() && value.container) {
      merged.push_back(std::move(value));
      return;
    }
    if (!value.value.is_list() || !value.container) fail_at(value.mark, kMergeNeedsMaps);
    // The first of a list wins, so it comes last.
    const List& list = value.value.as_list();
    for (std::size_t i = list.size(); i-- > 0;) {
      const Mark mark = marks_.member(value.mark, i);
      if (!list[i].is_map()) fail_at(mark, kMergeNeedsMaps);
      merged.push_back({list[i], mark, 1, ScalarTag::String, true});
    }
  }

  /// Merged members come first, own ones win.
  void merge(Map& own, const std::vector<Node>& merged, Mark& mark) {
    Building all{{}, marks_.open()};
    const auto add = [&](const Map& map, const Mark& of) {
      for (std::size_t i = 0; i < map.size(); ++i) {
        const Map::Entry& entry = map.at_index(i);
        count(1);
        set(all, entry.key, entry.key_kind, entry.value, marks_.member(of, i));
      }
    };
    for (const Node& node : merged) add(node.value.as_map(), node.mark);
    add(own, mark);
    marks_.close(all.opened, mark);
    own = std::move(all.map);
  }
};

/// libyaml refuses the surrogate pairs that JSON writers make of what lies beyond U+FFFF.
std::string join_surrogate_pairs(std::string_view text) {
  constexpr std::size_t kPair = 12;  // \uD83D\uDE00
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto unit = [&](std::size_t from) -> unsigned long {
      if (text.substr(from, 2) != "\\u") return 0;
      const std::string digits(text.substr(from + 2, 4));
      char* end = nullptr;
      const unsigned long value = std::strtoul(digits.c_str(), &end, 16);
      return digits.size() == 4 && end == digits.c_str() + 4 ? value : 0;
    };
    const unsigned long high = unit(at), low = high ? unit(at + kPair / 2) : 0;
    if (high >= 0xd800 && high < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
      append_utf8(out, static_cast<char32_t>(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00)));
      at += kPair;
    } else {
      const std::size_t length = text[at] == '\\' && at + 1 < text.size() ? 2 : 1;
      out.append(text, at, length);
      at += length;
    }
  }
  return out;
}

/// The original falls back from libyaml to PyYAML's own scanner, which takes a little more. This is
/// `text` with the place at which libyaml stumbled written so that libyaml takes it, too; columns
/// behind it on that line are a few off.
std::optional<std::string> mended(std::string_view text, const Stumble& stumble) {
  std::string better(text);
  if (stumble.problem == "found unexpected ':'" && stumble.byte < text.size()) {
    better.insert(stumble.byte + 1, " ");  // {get_attr:[a, b]}
  } else if (stumble.problem == "found unknown directive name") {
    const std::size_t line = text.rfind('\n', stumble.byte) + 1;
    better[line] = '#';
  } else if (stumble.problem == "found invalid Unicode character escape code") {
    better = join_surrogate_pairs(text);
    if (better == text) return std::nullopt;
  } else {
    return std::nullopt;
  }
  return better;
}

}  // namespace

Value read_yaml(std::string_view text, const std::string& file, const ReadLimits& limits,
                MarkTree& marks) {
  constexpr int kMostMends = 100;
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  std::string better;
  for (int mends = 0;; ++mends) {
    try {
      return YamlReader(text, file, limits, marks).read();
    } catch (const Stumble& stumble) {
      std::optional<std::string> next = mended(text, stumble);
      if (!next || mends == kMostMends) throw stumble.error;
      better = *std::move(next);
      text = better;
      marks = MarkTree();
    }
  }
}

}  // namespace heat
