#include "text/yaml_reader.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/base64.h"
#include "text/scalar.h"
#include "text/write.h"
#include "text/yaml_events.h"

namespace heat {

namespace {

constexpr std::string_view kStandard = "tag:yaml.org,2002:";
constexpr const char* kMergeNeedsMaps = "'<<' merges a map or a list of maps; this is none.";

std::string_view text_of(const yaml_char_t* text) {
  return text ? reinterpret_cast<const char*>(text) : std::string_view{};
}

class YamlReader {
 public:
  YamlReader(std::string_view text, const std::string& file, const ReadLimits& limits,
             MarkTree& marks)
      : events_(text, file), event_(events_.now()), file_(file), limits_(limits), marks_(marks) {}
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
  /// A key that is text, as most are, or another one.
  struct Key {
    std::string text;
    std::optional<Node> other;
  };
  struct Member {
    Key key;
    Value value;
    Mark mark;
  };
  /// A map being built, with the marks of its members.
  struct Building {
    Map map;
    std::size_t opened;
  };

  YamlEvents events_;
  const yaml_event_t& event_;
  const std::string& file_;
  const ReadLimits& limits_;
  MarkTree& marks_;
  std::map<std::string, Node, std::less<>> anchors_;
  std::size_t nodes_ = 0;
  // What the open containers have so far, one after the other: each is made when its size is known.
  std::vector<Value> items_;
  std::vector<Member> members_;

  [[noreturn]] void fail_at(Mark mark, std::string message) const {
    throw Error(ErrorKind::HTTPBadRequest, std::move(message))
        .at({file_, static_cast<int>(mark.line), static_cast<int>(mark.column)});
  }
  [[noreturn]] void fail(std::string message) const {
    fail_at(events_.place(), std::move(message));
  }

  void next() { events_.next(); }

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
    const Mark here = events_.place();
    node.mark.line = here.line;
    node.mark.column = here.column;
    return node;
  }

  [[noreturn]] void fail_tag(std::string_view tag) const {
    const bool cloudformation = tag.size() > 1 && tag.front() == '!';
    fail("The tag '" + std::string(tag) + "' is not known" +
         (cloudformation ? "; write the function in its long form, as a map." : "."));
  }

  std::string_view text_of_event() const {
    const auto& scalar = event_.data.scalar;
    return {reinterpret_cast<const char*>(scalar.value), scalar.length};
  }

  Node read_scalar() {
    const auto& scalar = event_.data.scalar;
    const std::string_view text = text_of_event();
    const std::string_view tag = text_of(scalar.tag);
    Node node;
    node.mark = events_.place();
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
    node.mark = events_.place();
    const std::size_t opened = marks_.open();
    const std::size_t first = items_.size();
    for (next(); event_.type != YAML_SEQUENCE_END_EVENT; next()) {
      Node item = read_node(depth + 1);
      refuse_lone_tag(item);
      marks_.set(opened, items_.size() - first, item.mark);
      items_.push_back(tag == "seq" ? std::move(item.value) : pair_of(item));
    }
    marks_.close(opened, node.mark);
    const auto begin = items_.begin() + static_cast<std::ptrdiff_t>(first);
    node.value = Value(List(std::move_iterator(begin), std::move_iterator(items_.end())));
    items_.erase(begin, items_.end());
    return node;
  }

  /// An entry of !!omap or !!pairs: [key, value].
  Value pair_of(const Node& item) const {
    if (!item.value.is_map() || item.value.as_map().size() != 1)
      fail_at(item.mark, "Here each item must be a map with one key.");
    const Map::Entry& entry = item.value.as_map().at_index(0);
    return Value(List{Value(entry.key), entry.value});
  }

  Key read_key(std::size_t depth) {
    const auto& scalar = event_.data.scalar;
    if (event_.type == YAML_SCALAR_EVENT && !scalar.anchor && !scalar.tag &&
        (!scalar.plain_implicit || resolve_plain(text_of_event()) == ScalarTag::String)) {
      count(1);
      return {std::string(text_of_event()), {}};
    }
    Node node = read_node(depth);
    const bool text = node.value.is_string() && node.tag != ScalarTag::Merge;
    if (text) return {node.value.as_string(), {}};
    return {"", std::move(node)};
  }

  Node read_map(std::size_t depth) {
    container_tag(text_of(event_.data.mapping_start.tag), "map");
    Node node;
    node.container = true;
    node.mark = events_.place();
    const std::size_t opened = marks_.open(), first = members_.size();
    std::vector<Node> merged;
    for (next(); event_.type != YAML_MAPPING_END_EVENT; next()) {
      const Mark here = events_.place();
      Key key = read_key(depth + 1);
      next();
      Node value = read_node(depth + 1);
      if (key.other && key.other->tag == ScalarTag::Merge) {
        collect_merged(std::move(value), merged);
        continue;
      }
      refuse_lone_tag(value);
      if (key.other && key.other->container)
        fail_at(here, "A list or map can't be a key; quote the text if it was meant as text.");
      value.mark.line = here.line;
      value.mark.column = here.column;
      members_.push_back({std::move(key), std::move(value.value), value.mark});
    }
    Building own{{}, opened};
    own.map.reserve(members_.size() - first);
    for (std::size_t i = first; i < members_.size(); ++i) add(own, std::move(members_[i]));
    members_.erase(members_.begin() + static_cast<std::ptrdiff_t>(first), members_.end());
    marks_.close(own.opened, node.mark);
    if (!merged.empty()) merge(own.map, merged, node.mark);
    node.value = Value(std::move(own.map));
    return node;
  }

  void add(Building& into, Member&& member) {
    if (member.key.other)
      set_other_key(into, member.key.other->value, std::move(member.value), member.mark);
    else
      set(into, std::move(member.key.text), Value::Kind::String, std::move(member.value),
          member.mark);
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
