#include "main/option.h"

#include <algorithm>
#include <charconv>

#include "base/error.h"

namespace heat {

namespace {

std::string trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1));
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : ", ") + text;
  return all;
}

/// Gives the option's member what a text says, or complains of the text.
struct Set {
  const Option& option;
  const std::string& text;

  [[noreturn]] void refuse(const std::string& wanted) const {
    throw Error(ErrorKind::ValueError, "[" + option.group + "] " + option.name + " must be " +
                                           wanted + ", not \"" + text + "\".");
  }

  void operator()(std::string* member) const {
    const auto& choices = option.choices;
    if (!choices.empty() && std::ranges::count(choices, text) == 0)
      refuse("one of " + joined(choices));
    *member = text;
  }

  void operator()(int* member) const {
    const std::string digits = trimmed(text);
    int number = 0;
    const auto [end, problem] =
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool whole = problem == std::errc{} && end == digits.data() + digits.size();
    if (!whole || number < option.min || number > option.max)
      refuse("a whole number from " + std::to_string(option.min) + " to " +
             std::to_string(option.max));
    *member = number;
  }

  void operator()(bool* member) const {
    std::string word = trimmed(text);
    std::ranges::transform(word, word.begin(), [](unsigned char c) { return std::tolower(c); });
    for (const char* yes : {"true", "1", "on", "yes"})
      if (word == yes) {
        *member = true;
        return;
      }
    for (const char* no : {"false", "0", "off", "no"})
      if (word == no) {
        *member = false;
        return;
      }
    refuse("true or false");
  }

  void operator()(std::vector<std::string>* member) const {
    member->clear();
    std::string rest = trimmed(text);
    while (!rest.empty() && rest.back() == ',') rest.pop_back();
    for (std::size_t begin = 0; begin < rest.size();) {
      const std::size_t end = std::min(rest.find(',', begin), rest.size());
      member->push_back(trimmed(std::string_view(rest).substr(begin, end - begin)));
      begin = end + 1;
    }
  }
};

struct Text {
  std::string operator()(const std::string* member) const { return *member; }
  std::string operator()(const int* member) const { return std::to_string(*member); }
  std::string operator()(const bool* member) const { return *member ? "true" : "false"; }
  std::string operator()(const std::vector<std::string>* member) const { return joined(*member); }
};

struct TypeName {
  std::string operator()(const std::string*) const { return "text"; }
  std::string operator()(const int*) const { return "number"; }
  std::string operator()(const bool*) const { return "true or false"; }
  std::string operator()(const std::vector<std::string>*) const { return "list"; }
};

}  // namespace

void Option::set(const std::string& value) const { std::visit(Set{*this, value}, target); }

std::string Option::text() const { return std::visit(Text{}, target); }

std::string Option::type() const {
  return choices.empty() ? std::visit(TypeName{}, target) : joined(choices);
}

}  // namespace heat
