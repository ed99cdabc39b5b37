#include "text/write.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

#include "base/check.h"
#include "base/json_string.h"
#include "text/json_reader.h"

namespace heat {

std::string to_python_repr(double number) {
  if (std::isnan(number)) return "nan";
  if (std::isinf(number)) return number < 0 ? "-inf" : "inf";
  char buffer[64];
  const auto end =
      std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::scientific);
  const std::string_view shortest(buffer, static_cast<std::size_t>(end.ptr - buffer));
  const std::size_t e = shortest.find('e');
  const int exponent = std::atoi(std::string(shortest.substr(e + 1)).c_str());
  if (exponent < -4 || exponent >= 16) return std::string(shortest);
  const auto fixed =
      std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::fixed);
  std::string text(buffer, fixed.ptr);
  if (text.find('.') == std::string::npos) text += ".0";
  return text;
}

namespace {

enum class Order { AsIs, Sorted };

struct JsonStyle {
  std::string_view comma;
  std::string_view colon;
  Escape escape;
  Order order;
  bool indent = false;
};

class JsonWriter {
 public:
  explicit JsonWriter(const JsonStyle& style) : style_(style) {}

  void write(const Value& value) {
    switch (value.kind()) {
      case Value::Kind::Null:
        out_ += "null";
        break;
      case Value::Kind::Bool:
        out_ += value.as_bool() ? "true" : "false";
        break;
      case Value::Kind::Int:
        out_ += std::to_string(value.as_int());
        break;
      case Value::Kind::BigInt:
        out_ += value.as_string();
        break;
      case Value::Kind::Double:
        write_double(value.as_double());
        break;
      case Value::Kind::String:
        append_json_string(out_, value.as_string(), style_.escape);
        break;
      case Value::Kind::List:
        write_list(value.as_list());
        break;
      case Value::Kind::Map:
        write_map(value.as_map());
        break;
      case Value::Kind::Omitted:
      case Value::Kind::Unknown:
        check(false, "an omitted or unknown value must not be written");
    }
  }

  std::string take() { return std::move(out_); }

 private:
  JsonStyle style_;
  std::string out_;
  std::size_t depth_ = 0;

  void write_double(double number) {
    if (std::isnan(number))
      out_ += "NaN";
    else if (std::isinf(number))
      out_ += number < 0 ? "-Infinity" : "Infinity";
    else
      out_ += to_python_repr(number);
  }

  void begin_item(bool first) {
    if (!first) out_ += style_.comma;
    if (style_.indent) out_.append("\n").append(2 * depth_, ' ');
  }

  void end(char bracket, bool empty) {
    --depth_;
    if (style_.indent && !empty) out_.append("\n").append(2 * depth_, ' ');
    out_ += bracket;
  }

  void write_list(const List& list) {
    out_ += '[';
    ++depth_;
    for (std::size_t i = 0; i < list.size(); ++i) {
      begin_item(i == 0);
      write(list[i]);
    }
    end(']', list.empty());
  }

  static std::string key_text(const Map::Entry& entry) {
    if (entry.key_kind == Value::Kind::Null) return "null";
    if (entry.key_kind == Value::Kind::Bool) return entry.key == "True" ? "true" : "false";
    return entry.key;
  }

  void write_map(const Map& map) {
    std::vector<const Map::Entry*> entries;
    entries.reserve(map.size());
    for (const Map::Entry& entry : map) entries.push_back(&entry);
    if (style_.order == Order::Sorted)
      std::sort(entries.begin(), entries.end(), [](const auto* a, const auto* b) {
        const std::string left = key_text(*a), right = key_text(*b);
        return left != right ? left < right : a < b;
      });
    out_ += '{';
    ++depth_;
    bool first = true;
    for (const Map::Entry* entry : entries) {
      begin_item(first);
      first = false;
      append_json_string(out_, key_text(*entry), style_.escape);
      out_ += style_.colon;
      write(entry->value);
    }
    end('}', map.empty());
  }
};

std::string write_json(const Value& value, const JsonStyle& style) {
  JsonWriter writer(style);
  writer.write(value);
  return writer.take();
}

}  // namespace

std::string to_json(const Value& value) {
  return write_json(value, {",", ":", Escape::Needed, Order::AsIs});
}

std::string to_canonical_json(const Value& value) {
  return write_json(value, {",", ":", Escape::Needed, Order::Sorted});
}

std::string to_pretty_json(const Value& value) {
  return write_json(value, {",", ": ", Escape::Needed, Order::AsIs, true});
}

std::string to_python_json(const Value& value, bool sort_keys) {
  return write_json(value, {", ", ": ", Escape::NonAscii, sort_keys ? Order::Sorted : Order::AsIs});
}

Value from_json(std::string_view text, ReadLimits limits) {
  return read_json(text, "", limits, nullptr);
}

}  // namespace heat
