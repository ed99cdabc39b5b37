#include <map>

#include "base/error.h"
#include "base/utf8.h"
#include "types/heat/behaviours.h"

namespace heat {

namespace {

using Characters = std::vector<std::string>;

/// Characters to choose from, each once, and how many of them there must be.
struct Source {
  Characters characters;
  std::size_t least;
};

Characters distinct(const std::string& text) {
  Characters characters;
  std::set<std::string> seen;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    next_point(text, at);
    const std::string character = text.substr(begin, at - begin);
    if (seen.insert(character).second) characters.push_back(character);
  }
  return characters;
}

const std::string& class_members(const std::string& name) {
  static const std::string digits = "0123456789", lower = "abcdefghijklmnopqrstuvwxyz",
                           upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  static const std::map<std::string, std::string> classes{
      {"lettersdigits", lower + upper + digits},
      {"letters", lower + upper},
      {"lowercase", lower},
      {"uppercase", upper},
      {"digits", digits},
      {"hexdigits", digits + "ABCDEF"},
      {"octdigits", "01234567"},
  };
  return classes.at(name);
}

const List& list_of(const Value& value) {
  static const List none;
  return value.is_list() ? value.as_list() : none;
}

/// The hidden property `sequence` names a class; it takes the place of the default ones.
List classes_of(const Value& properties) {
  static const List by_default{Map{{"class", "lettersdigits"}, {"min", 1}}};
  List classes = list_of(properties["character_classes"]);
  const std::string sequence = properties["sequence"].string_or("");
  if (sequence.empty()) return classes;
  if (Value(classes) == Value(by_default)) classes.clear();
  classes.push_back(Map{{"class", sequence}, {"min", 1}});
  return classes;
}

std::vector<Source> sources(const Value& properties) {
  std::vector<Source> sources;
  const auto add = [&](const std::string& characters, const Value& least) {
    sources.push_back({distinct(characters), static_cast<std::size_t>(least.as_int())});
  };
  for (const Value& item : list_of(properties["character_sequences"]))
    add(item["sequence"].as_string(), item["min"]);
  for (const Value& item : classes_of(properties))
    add(class_members(item["class"].as_string()), item["min"]);
  return sources;
}

const std::string& choose(Random& random, const Characters& characters) {
  if (characters.empty())
    throw Error(ErrorKind::ValueError,
                "There is no character to choose from: name some in character_classes or "
                "character_sequences.");
  return characters[random.below(characters.size())];
}

std::string random_text(Random& random, const Value& properties) {
  const auto length = static_cast<std::size_t>(properties["length"].as_int());
  Characters chosen, all;
  std::set<std::string> seen;
  for (const Source& source : sources(properties)) {
    for (const std::string& character : source.characters)
      if (seen.insert(character).second) all.push_back(character);
    for (std::size_t i = 0; i < source.least; ++i)
      chosen.push_back(choose(random, source.characters));
  }
  while (chosen.size() < length) chosen.push_back(choose(random, all));

  std::string text;
  for (std::size_t i = 0; i < length; ++i) {
    std::swap(chosen[i], chosen[i + random.below(chosen.size() - i)]);
    text += chosen[i];
  }
  return text;
}

Task<Value> generate(Resource& resource) {
  co_return Value(random_text(resource.random(), resource.properties()));
}

}  // namespace

Task<> RandomString::create(Resource& resource) {
  // A step: whatever was seen of the text before a crash stays true after it.
  const auto perform = [&resource] { return generate(resource); };
  const Value text = co_await resource.step("value", nullptr, perform);
  resource.set_data("value", text.as_string());
  resource.set_physical_id(resource.physical_name());
}

Task<> RandomString::remove(Resource&) { co_return; }

void RandomString::validate(const Value& properties, const Path& path,
                            Diagnostics& problems) const {
  const Value& length = properties["length"];
  if (!length.is_int()) return;
  std::int64_t least = 0;
  const auto count = [&](const List& items) {
    for (const Value& item : items)
      if (item["min"].is_int()) least += item["min"].as_int();
  };
  count(list_of(properties["character_sequences"]));
  count(classes_of(properties));
  if (least <= length.as_int()) return;
  problems.add(ErrorKind::StackValidationFailed,
               "The length is " + std::to_string(length.as_int()) +
                   ", but the minimums of character_classes and character_sequences add up to " +
                   std::to_string(least) + ".",
               path);
}

Value RandomString::reference_id(const ResourceRow& row) const {
  return row.physical_id.empty() ? Value(row.name) : row.data["value"];
}

Task<Map> RandomString::attributes(Resource& resource, std::set<std::string> names) {
  Map values;
  for (const std::string& name : names)
    values.set(name, name == "value" ? resource.row().data["value"] : Value());
  co_return values;
}

Task<bool> RandomString::healthy(Resource&) { co_return false; }

}  // namespace heat
