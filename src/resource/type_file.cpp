#include "resource/type_file.h"

#include <array>

#include "base/error.h"
#include "resource/behaviour.h"
#include "resource/words.h"

namespace heat {

namespace {

constexpr std::array<std::pair<std::string_view, Type>, 7> kTypes{{
    {"string", Type::String},
    {"integer", Type::Integer},
    {"number", Type::Number},
    {"boolean", Type::Boolean},
    {"list", Type::List},
    {"map", Type::Map},
    {"any", Type::Any},
}};

Type read_value_type(const Part& part) {
  const std::string word =
      part.choice({"string", "integer", "number", "boolean", "list", "map", "any"}, "string");
  for (const auto& [name, type] : kTypes)
    if (name == word) return type;
  return Type::String;
}

std::optional<Value> bound(const Part& part) {
  if (!part.present()) return std::nullopt;
  if (!part.value().is_number()) part.fail("must be a number");
  return part.value();
}

Constraint between(Constraint::Kind kind, const Part& part) {
  part.only({"min", "max"});
  Constraint constraint{.kind = kind};
  constraint.min = bound(part["min"]);
  constraint.max = bound(part["max"]);
  return constraint;
}

/// A value, or all of a range of integers: "0..255".
void add_allowed(const Part& part, std::vector<Value>& allowed) {
  const std::size_t dots = part.value().is_string() ? part.text().find("..") : std::string::npos;
  if (dots == std::string::npos) return allowed.push_back(part.value());
  const Value first = Value::integer(part.text().substr(0, dots));
  const Value last = Value::integer(part.text().substr(dots + 2));
  for (auto i = first.as_int(); i <= last.as_int(); ++i) allowed.emplace_back(i);
}

std::vector<Constraint> read_constraints(const Part& part) {
  std::vector<Constraint> all;
  if (const Part range = part["range"]; range.present())
    all.push_back(between(Constraint::Kind::Range, range));
  if (const Part length = part["length"]; length.present())
    all.push_back(between(Constraint::Kind::Length, length));
  if (const Part allowed = part["allowed"]; allowed.present()) {
    Constraint constraint{.kind = Constraint::Kind::AllowedValues};
    for (const Part& item : allowed.items()) add_allowed(item, constraint.allowed);
    all.push_back(std::move(constraint));
  }
  if (const Part pattern = part["pattern"]; pattern.present())
    all.push_back({.kind = Constraint::Kind::AllowedPattern, .text = pattern.text()});
  if (const Part modulo = part["modulo"]; modulo.present()) {
    modulo.only({"step", "offset"});
    Constraint constraint{.kind = Constraint::Kind::Modulo};
    constraint.step = bound(modulo["step"]);
    constraint.offset = bound(modulo["offset"]);
    all.push_back(std::move(constraint));
  }
  for (const std::string& name : part["custom"].words())
    all.push_back({.kind = Constraint::Kind::Custom, .text = name});
  return all;
}

template <class Supported>
void read_support(const Part& part, Supported& into) {
  if (!part.present()) return;
  part.only({"status", "message", "version"});
  into.support_status =
      part["status"].choice({"SUPPORTED", "DEPRECATED", "HIDDEN", "UNSUPPORTED"}, "SUPPORTED");
  into.support_message = part["message"].text();
  into.support_version = part["version"].text();
}

/// Properties, as deep as they go; what they say of names and ids becomes translations.
class PropertyReader {
 public:
  explicit PropertyReader(ResourceType& type) : type_(type) {}

  void read(const Part& properties) {
    for (const auto& [name, part] : properties.entries()) {
      here_.assign(1, name);
      type_.properties.members.push_back({name, schema(part)});
    }
    // Names are looked up where a renamed property has already brought its value.
    type_.translations = std::move(renames_);
    for (auto& resolve : resolves_) type_.translations.push_back(std::move(resolve));
  }

 private:
  Schema schema(const Part& part) {
    part.only(words::kProperty);
    Schema schema;
    schema.type = read_value_type(part["type"]);
    schema.description = part["doc"].text();
    if (const Part value = part["default"]; value.present()) schema.default_value = value.value();
    schema.required = part["required"].flag();
    schema.update_allowed = part["update"].flag();
    schema.immutable = part["immutable"].flag();
    schema.constraints = read_constraints(part);
    read_support(part["support"], schema);
    note_translations(part);
    if (schema.update_allowed && schema.immutable)
      part.fail("a property can't be both 'update' and 'immutable'");
    for (const auto& [name, member] : part["members"].entries()) {
      here_.push_back(name);
      schema.members.push_back({name, this->schema(member)});
      here_.pop_back();
    }
    if (const Part item = part["items"]; item.present())
      schema.item = std::make_shared<const Schema>(this->schema(item));
    return schema;
  }

  void note_translations(const Part& part) {
    if (const Part find = part["find"]; find.present())
      resolves_.push_back(
          {.rule = Translation::Rule::Resolve, .path = here_, .finder = find.text()});
    if (const Part rename = part["rename"]; rename.present()) {
      Translation rule{.rule = Translation::Rule::Replace, .path = here_};
      rule.path.back() = rename.text();
      if (here_.size() == 1)
        rule.value_path = here_;
      else
        rule.value_name = here_.back();
      renames_.push_back(std::move(rule));
    }
  }

  ResourceType& type_;
  std::vector<std::string> here_;
  std::vector<Translation> renames_, resolves_;
};

AttributeSchema read_attribute(const Part& part) {
  part.only(words::kAttribute);
  AttributeSchema schema;
  schema.type =
      part["type"].choice({"", "string", "map", "list", "integer", "boolean", "number"}, "");
  schema.description = part["doc"].text();
  schema.live = part["live"].flag();
  read_support(part["support"], schema);
  return schema;
}

}  // namespace

TypeFile TypeFile::read(std::string_view text, std::string file, std::string_view family_text,
                        std::string family_file) {
  TypeFile read;
  read.own = Part(std::make_shared<const Document>(Document::read(text, std::move(file))));
  if (!family_text.empty())
    read.family =
        Part(std::make_shared<const Document>(Document::read(family_text, std::move(family_file))));
  return read;
}

Part TypeFile::operator[](std::string_view word) const {
  Part part = own[word];
  return part.present() ? part : family[word];
}

std::map<std::string, Finder> read_finders(const Part& family) {
  family.only(words::kFamily);
  std::map<std::string, Finder> finders;
  for (const auto& [name, part] : family["finders"].entries()) {
    part.only({"service", "collection", "key", "entity", "microversion", "filters", "id", "name",
               "any_id", "own_first", "name_filter"});
    Finder finder;
    finder.service = part["service"].text(family["service"].text());
    finder.collection = part["collection"].text();
    finder.key = part["key"].text();
    finder.entity = part["entity"].text(name);
    finder.microversion = part["microversion"].text(family["microversion"].text());
    for (const auto& [field, value] : part["filters"].entries())
      finder.filters.emplace(field, value.text());
    finder.id_field = part["id"].text("id");
    finder.name_field = part["name"].text("name");
    finder.any_id = part["any_id"].flag();
    finder.own_first = part["own_first"].flag();
    finder.name_filter = part["name_filter"].flag(true);
    if (finder.collection.empty() || finder.key.empty())
      part.fail(
          "a finder needs 'collection' (the path of the list) and 'key' (its name in the answer)");
    finders.emplace(name, std::move(finder));
  }
  return finders;
}

std::shared_ptr<const ResourceType> make_type(const TypeFile& file,
                                              const MakeBehaviour& behaviour) {
  file.own.only(words::kType);
  if (file.family.present()) file.family.only(words::kFamily);
  auto type = std::make_shared<ResourceType>();
  type->name = file.own["type"].text();
  if (type->name.empty()) file.own.fail("'type' is missing: say which resource type this is");
  type->description = file.own["doc"].text();
  type->service = file["service"].text();
  type->extension = file.own["extension"].text();
  type->name_limit = static_cast<std::size_t>(file["name_limit"].number(255));
  type->effect_free = file["effect_free"].flag();
  read_support(file.own["support"], *type);
  PropertyReader(*type).read(file.own["properties"]);
  for (const auto& [name, part] : file.own["attributes"].entries())
    type->attributes.emplace_back(name, read_attribute(part));
  for (const std::string& ability : file["can"].words()) type->can.insert(ability);
  type->behaviour = behaviour(file, *type);
  return type;
}

}  // namespace heat
