#include <algorithm>
#include <string>

#include "base/json_string.h"
#include "text/scalar.h"
#include "text/write.h"

namespace heat {

namespace {

bool reads_back_plain(std::string_view text) {
  constexpr std::string_view kSpecial = "#,[]{}&*!|>'\"%@`";
  if (text.empty() || resolve_plain(text) != ScalarTag::String) return false;
  if (text.front() == ' ' || text.back() == ' ') return false;
  if (text.back() == ':' || text.find(": ") != std::string_view::npos) return false;
  if (std::string_view("-?=<.:").find(text.front()) != std::string_view::npos) return false;
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return c >= 0x20 && c < 0x7f && kSpecial.find(c) == std::string_view::npos;
  });
}

/// Lines of printable text, each ended, the first not indented: what `|` can hold.
bool fits_block(std::string_view text) {
  if (text.size() < 2 || !text.ends_with('\n') || text.front() == ' ' || text.front() == '\n')
    return false;
  if (text.ends_with("\n\n")) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c == '\n' || (c >= 0x20 && c < 0x7f); });
}

class YamlWriter {
 public:
  void write(const Value& value, std::size_t indent) {
    if (value.is_map() && !value.as_map().empty())
      write_map(value.as_map(), indent);
    else if (value.is_list() && !value.as_list().empty())
      write_list(value.as_list(), indent);
    else
      write_scalar(value, indent);
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;

  static bool is_block(const Value& value) {
    return (value.is_map() && !value.as_map().empty()) ||
           (value.is_list() && !value.as_list().empty());
  }

  void write_map(const Map& map, std::size_t indent) {
    for (std::size_t i = 0; i < map.size(); ++i) {
      const Map::Entry& entry = map.at_index(i);
      if (i) out_.append(indent, ' ');
      if (entry.key_kind == Value::Kind::String)
        write_text(entry.key);
      else
        out_ += entry.key_kind == Value::Kind::Null ? "null" : entry.key;
      out_ += ':';
      if (entry.value.is_map() && is_block(entry.value)) {
        out_.append("\n").append(indent + 2, ' ');
        write(entry.value, indent + 2);
      } else if (is_block(entry.value)) {
        out_.append("\n").append(indent, ' ');
        write(entry.value, indent);
      } else {
        out_ += ' ';
        write_scalar(entry.value, indent + 2);
      }
    }
  }

  void write_list(const List& list, std::size_t indent) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (i) out_.append(indent, ' ');
      out_ += "- ";
      write(list[i], indent + 2);
    }
  }

  void write_text(const std::string& text) {
    if (reads_back_plain(text))
      out_ += text;
    else
      append_json_string(out_, text, Escape::NonAscii);
  }

  void write_scalar(const Value& value, std::size_t indent) {
    if (value.is_string() && fits_block(value.as_string())) {
      out_ += "|\n";
      std::string_view rest = value.as_string();
      while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        if (end > 0) out_.append(indent, ' ').append(rest.substr(0, end));
        out_ += '\n';
        rest.remove_prefix(end + 1);
      }
      return;
    }
    if (value.is_string())
      write_text(value.as_string());
    else if (value.is_double())
      write_double(value);
    else
      out_ += to_json(value);
    out_ += '\n';
  }

  /// YAML 1.1 takes 1e+16 for text: it wants a point.
  void write_double(const Value& value) {
    std::string text = to_python_str(value);
    if (text.find_first_of("in") != std::string::npos)
      text.insert(text.front() == '-' ? 1 : 0, ".");
    else if (text.find('.') == std::string::npos)
      text.insert(text.find('e'), ".0");
    out_ += text;
  }
};

}  // namespace

std::string to_yaml(const Value& value) {
  YamlWriter writer;
  writer.write(value, 0);
  return writer.take();
}

}  // namespace heat
