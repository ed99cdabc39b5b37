#include <openssl/evp.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <forward_list>

#include "base/utf8.h"
#include "schema/numbers.h"
#include "template/functions.h"
#include "text/write.h"

namespace heat {

namespace {

using Kind = Value::Kind;

std::string kind_of(const Value& value) { return std::string(value.kind_name()); }

/// How str_replace and its kin differ.
struct Replacing {
  bool json = false;         ///< lists and maps become JSON
  bool strict = false;       ///< every key must be found
  bool allows_empty = true;  ///< values may be null or empty
};

std::string replacement(const Value& value, const std::string& key, const Replacing& rules) {
  if (value.is_string() && value.truthy()) return value.as_string();
  const bool container = value.is_list() || value.is_map();
  if (container && !rules.json)
    wrong_argument("The value of '" + key + "' must be text or a number, not a " + kind_of(value) +
                   ".");
  std::string text = value.is_null() ? ""
                     : container     ? to_python_json(value, true)
                                     : to_python_str(value);
  const bool empty = container ? !value.truthy() : text.empty();
  if (empty && !rules.allows_empty)
    wrong_argument("The value of '" + key + "' is empty, which this function does not accept.");
  return text;
}

constexpr std::size_t kPlaceLimit = 10 * kItemLimit;

/// The text while it is replaced in. What was put in is not looked at again.
class Replacement {
 public:
  explicit Replacement(std::string_view text)
      : text_(text), taken_(text.size(), kFree), size_(text.size()) {}

  /// Puts `value`, which must outlive this, in place of `key` wherever the template still shows it.
  /// Says whether it did.
  bool put(std::string_view value, std::string_view key) {
    bool found = false;
    for (std::size_t at = 0; (at = find(key, at)) != std::string_view::npos;) {
      const std::string_view here = std::string_view(taken_).substr(at, key.size());
      if (const std::size_t last = here.rfind(kTaken); last != std::string_view::npos) {
        at += last + 1;
        continue;
      }
      found = true;
      taken_.replace(at, key.size(), key.size(), kTaken);
      places_.push_back({at, key.size(), value});
      check_text_size(size_ += value.size() - key.size());
      if (places_.size() > kPlaceLimit)
        wrong_argument("The text has more than " + std::to_string(kPlaceLimit) + " replacements.");
      at += key.size();
    }
    return found;
  }

  std::string text() {
    std::ranges::sort(places_, {}, &Place::begin);
    std::string all;
    all.reserve(size_);
    std::size_t done = 0;
    for (const auto& [begin, length, value] : places_) {
      all += text_.substr(done, begin - done);
      all += value;
      done = begin + length;
    }
    return all += text_.substr(done);
  }

 private:
  /// memmem is several times as quick as string_view's own.
  std::size_t find(std::string_view key, std::size_t from) const {
    const void* found = memmem(text_.data() + from, text_.size() - from, key.data(), key.size());
    return found ? static_cast<std::size_t>(static_cast<const char*>(found) - text_.data())
                 : std::string_view::npos;
  }

  static constexpr char kFree = '.', kTaken = 'x';
  struct Place {
    std::size_t begin, length;
    std::string_view value;
  };

  std::string_view text_;
  std::string taken_;  ///< by byte of the text
  std::vector<Place> places_;
  std::size_t size_;  ///< of the result
};

/// A key of what is replaced, with its length in characters.
struct Key {
  const std::string* text;
  std::size_t length;
};

/// Longest first, so that a key that begins with another one wins; then by text.
std::vector<Key> in_order_of_replacing(const Map& params) {
  std::vector<Key> keys;
  keys.reserve(params.size());
  for (const auto& [key, value, kind] : params) {
    if (kind != Kind::String) wrong_argument("What is replaced must be text, not '" + key + "'.");
    if (key.empty()) wrong_argument("What is replaced can't be the empty text.");
    keys.push_back({&key, count_points(key)});
  }
  std::ranges::sort(keys, [](const Key& a, const Key& b) {
    return a.length != b.length ? a.length > b.length : *a.text < *b.text;
  });
  return keys;
}

Value replace(const Value& argument, const Replacing& rules) {
  const Value text = part(argument, "template"), params = part(argument, "params");
  if (!text.is_string())
    wrong_argument("The text to replace in must be text, not " + kind_of(text) + ".");
  if (!params.is_map())
    wrong_argument("The replacements must be a map, not " + kind_of(params) + ".");
  Replacement result(text.as_string());
  std::forward_list<std::string> values;  // where they stay
  std::string unused;
  for (const auto& [key, length] : in_order_of_replacing(params.as_map())) {
    const std::string& value = values.emplace_front(replacement(params[*key], *key, rules));
    if (!result.put(value, *key)) unused += (unused.empty() ? "'" : ", '") + *key + "'";
  }
  if (rules.strict && !unused.empty())
    wrong_argument("The template does not contain " + unused + " of 'params'.");
  return result.text();
}

void add_joined(std::string& result, const Value& items, const std::string& delimiter, bool json) {
  for (const Value& item : items.as_list()) {
    if (&item != &items.as_list().front()) result += delimiter;
    if (item.is_string())
      result += item.as_string();
    else if (json && (item.is_list() || item.is_map()))
      result += to_python_json(item, true);
    else if (!item.is_null())
      wrong_argument("Items to join must be text, not " + kind_of(item) + " " + to_json(item) +
                     ".");
    check_text_size(result.size());
  }
}

Value join(const Value& delimiter, const Value& items, bool json) {
  if (!delimiter.is_string())
    wrong_argument("The delimiter must be text, not " + kind_of(delimiter) + ".");
  std::string result;
  add_joined(result, items, delimiter.as_string(), json);
  return result;
}

}  // namespace

std::string check_str_replace(const Node& argument, std::string_view name) {
  const Node* params = argument.member("params");
  if (argument.kind != Node::Kind::Map || !params || !argument.member("template"))
    return takes(name, "a map with 'template' (text) and 'params' (a map).");
  if (params->kind != Node::Kind::Map && !params->is_call()) return "'params' must be a map.";
  return {};
}

Value str_replace(const Value& argument) { return replace(argument, {}); }
Value str_replace_json(const Value& argument) { return replace(argument, {.json = true}); }
Value str_replace_strict(const Value& argument) {
  return replace(argument, {.json = true, .strict = true});
}
Value str_replace_vstrict(const Value& argument) {
  return replace(argument, {.json = true, .strict = true, .allows_empty = false});
}

std::string check_list_join(const Node& argument, std::string_view name) {
  if (is_list(argument, 2, 2)) return {};
  return takes(name, "a list: the delimiter, and a list of texts.");
}

Value list_join(const Value& argument) {
  const Value items = part(argument, 1);
  if (items.is_null()) return join(part(argument, 0), List{}, false);
  if (!items.is_list()) wrong_argument("Only a list can be joined, not a " + kind_of(items) + ".");
  return join(part(argument, 0), items, false);
}

std::string check_list_join_many(const Node& argument, std::string_view name) {
  if (is_list(argument, 2)) return {};
  return takes(name, "a list: the delimiter, and lists of texts.");
}

Value list_join_many(const Value& argument) {
  List all;
  for (std::size_t i = 1; i < argument.as_list().size(); ++i) {
    const Value items = part(argument, i);
    if (!items.truthy()) continue;
    if (!items.is_list()) wrong_argument("Only lists can be joined, not a " + kind_of(items) + ".");
    all.insert(all.end(), items.as_list().begin(), items.as_list().end());
  }
  return join(part(argument, 0), all, true);
}

std::string check_str_split(const Node& argument, std::string_view name) {
  if (argument.kind != Node::Kind::Map && !(argument.source().is_string() && !argument.is_call()))
    return {};
  return takes(name, "a list: the delimiter, the text, and an index if one part is wanted.");
}

namespace {

/// Text around runs of white space, as Python splits without a delimiter.
List split_at_space(const std::string& text) {
  List parts;
  std::string word;
  for (const char c : text + " ") {
    if (!std::isspace(static_cast<unsigned char>(c))) {
      word += c;
    } else if (!word.empty()) {
      parts.emplace_back(std::exchange(word, {}));
      check_item_count(parts.size());
    }
  }
  return parts;
}

List split(const std::string& text, const std::string& delimiter) {
  List parts;
  std::size_t begin = 0;
  for (std::size_t at; (at = text.find(delimiter, begin)) != std::string::npos;
       begin = at + delimiter.size()) {
    parts.emplace_back(text.substr(begin, at - begin));
    check_item_count(parts.size());
  }
  parts.emplace_back(text.substr(begin));
  return parts;
}

Value item_at(const List& parts, const Value& wanted) {
  Value index = wanted.is_string()   ? read_integer(wanted.as_string()).value_or(Value())
                : wanted.is_double() ? Value(static_cast<std::int64_t>(wanted.as_double()))
                : wanted.is_bool()   ? Value(std::int64_t{wanted.as_bool()})
                                     : wanted;
  const auto size = static_cast<std::int64_t>(parts.size());
  if (!index.is_int()) wrong_argument("The index of 'str_split' must be an integer.");
  const std::int64_t at = index.as_int() < 0 ? index.as_int() + size : index.as_int();
  if (at < 0 || at >= size)
    wrong_argument("There is no part " + to_python_str(wanted) + " in 'str_split': the text has " +
                   std::to_string(size) + ", counted from 0.");
  return parts[static_cast<std::size_t>(at)];
}

}  // namespace

Value str_split(const Value& argument) {
  const Value args = present(argument);
  if (!args.is_list() || args.as_list().size() < 2)
    wrong_argument("'str_split' takes a list: the delimiter, the text, and perhaps an index.");
  const Value &delimiter = args[0], &text = args[1];
  if (text.is_null()) return text;
  if (!text.is_string()) wrong_argument("Only text can be split, not a " + kind_of(text) + ".");
  if (!delimiter.is_null() && (!delimiter.is_string() || delimiter.as_string().empty()))
    wrong_argument("The delimiter must be text, and not empty.");
  List parts = delimiter.is_null() ? split_at_space(text.as_string())
                                   : split(text.as_string(), delimiter.as_string());
  if (args.as_list().size() > 2) return item_at(parts, args[2]);
  return parts;
}

namespace {

/// OpenSSL's name for an algorithm as Python's hashlib calls it.
std::string openssl_name(std::string name) {
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::toupper(c); });
  if (name == "BLAKE2B") return "BLAKE2B512";
  if (name == "BLAKE2S") return "BLAKE2S256";
  std::ranges::replace(name, '_', '-');
  return name;
}

std::string latin1(const std::string& text) {
  std::string bytes;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = next_point(text, at);
    if (point > 0xFF)
      wrong_argument("'digest' takes text of the Latin-1 alphabet only (characters up to U+00FF).");
    bytes += static_cast<char>(point);
  }
  return bytes;
}

}  // namespace

Value digest(const Value& argument) {
  const Value args = present(argument);
  if (!args.is_list() || args.as_list().size() != 2 || !args[0].is_string() || !args[1].is_string())
    wrong_argument("'digest' takes a list of two texts: the algorithm and what to digest.");
  const std::string& algorithm = args[0].as_string();
  const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> method(
      EVP_MD_fetch(nullptr, openssl_name(algorithm).c_str(), nullptr), &EVP_MD_free);
  if (!method || algorithm.starts_with("shake"))
    wrong_argument("'digest' does not know the algorithm '" + algorithm +
                   "'; md5, sha1, sha256 and sha512 are some that it knows.");
  const std::string bytes = latin1(args[1].as_string());
  unsigned char result[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), result, &size, method.get(), nullptr) != 1)
    wrong_argument("'digest' could not use the algorithm '" + algorithm + "' on this machine.");
  std::string hex;
  for (unsigned int i = 0; i < size; ++i) {
    constexpr char kDigits[] = "0123456789abcdef";
    hex += kDigits[result[i] >> 4];
    hex += kDigits[result[i] & 15];
  }
  return hex;
}

}  // namespace heat
