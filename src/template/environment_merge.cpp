#include "template/environment_merge.h"

#include "template/template.h"
#include "text/write.h"

namespace heat {

namespace {

[[noreturn]] void fail(std::string message, ErrorKind kind = ErrorKind::ValueError) {
  throw Error(kind, std::move(message));
}

/// The text as a template, or null where it is none.
std::shared_ptr<const Template> template_in(const std::string& name, const std::string& text) {
  if (text.find("heat_template_version") == text.npos &&
      text.find("TemplateFormatVersion") == text.npos)
    return nullptr;
  try {
    Diagnostics ignored;  // told where it is used
    return Template::parse(Document::read(text, name), ignored);
  } catch (const Error&) {
    return nullptr;
  }
}

Value merged_deep(const Value& below, const Value& over) {
  if (over.is_map()) return below.truthy() ? merged(below, over, Depth::Deep) : over;
  if (over.is_list()) return below.truthy() ? appended(below, over) : over;
  if (!over.is_string() || below.is_null()) return over;
  if (!below.is_string())
    fail("Text can't be merged with a " + std::string(below.kind_name()) + ".");
  return below.as_string() + over.as_string();
}

}  // namespace

Value appended(const Value& below, const Value& over) {
  if (!below.truthy()) return over;
  if (!over.truthy()) return below;
  if (!below.is_list() || !over.is_list())
    fail("A " + std::string(over.kind_name()) + " can't be appended to a " +
         std::string(below.kind_name()) + ".");
  List list = below.as_list();
  list.insert(list.end(), over.as_list().begin(), over.as_list().end());
  return list;
}

Value merged(const Value& below, const Value& over, Depth depth) {
  if (!below.truthy()) return over;
  if (!over.truthy()) return below;
  if (!below.is_map() || !over.is_map())
    fail("A " + std::string(over.kind_name()) + " can't be merged with a " +
         std::string(below.kind_name()) + ".");
  Map map = below.as_map();
  for (const auto& [key, value, kind] : over.as_map()) {
    if (value.is_null()) continue;
    map.set(key, depth == Depth::Deep ? merged_deep(below[key], value) : value, kind);
  }
  return map;
}

ParameterMerge::ParameterMerge(const Template& tmpl, const Value& files) {
  if (files.is_map())
    for (const auto& [name, text, kind] : files.as_map())
      if (const auto nested = template_in(name, text.string_or("")))
        for (const auto& [parameter, schema] : nested->parameters())
          types_[parameter] = schema.schema.type;
  for (const auto& [name, parameter] : tmpl.parameters()) types_[name] = parameter.schema.type;
}

void ParameterMerge::begin(std::string file, Value strategies) {
  file_ = std::move(file);
  strategies_ = std::move(strategies);
}

Value ParameterMerge::strategy(const std::string& name) const {
  const Value* file = strategies_.find("default");
  const Value otherwise = file ? *file : Value("overwrite");
  const auto before = settled_.find(name);
  const Value* own = strategies_.find(name);
  if (!own && before != settled_.end()) own = &before->second;
  const bool known =
      own && (*own == Value("overwrite") || *own == Value("merge") || *own == Value("deep_merge"));
  return known ? *own : otherwise;
}

/// Every parameter of the section gets a strategy; another one than in a file before is an error.
void ParameterMerge::settle(const Value& section) {
  for (const auto& [name, value, kind] : section.as_map()) {
    if (value.is_null() || !types_.contains(name)) continue;
    if (!strategies_.is_null() && !strategies_.is_map())
      fail("The merge strategies of '" + file_ + "' must be a map.");
    const Value chosen = strategy(name);
    const auto [settled, fresh] = settled_.emplace(name, chosen);
    if (!fresh && settled->second != chosen)
      fail("The environment file '" + file_ + "' wants to merge the parameter '" + name + "' by " +
               to_json(chosen) + ", an earlier file by " + to_json(settled->second) + ".",
           ErrorKind::ConflictingMergeStrategyForParam);
  }
}

Value ParameterMerge::joined(const std::string& name, const Value* below, const Value& value,
                             Depth depth) const {
  const auto refuse = [&] {
    fail("The values of the parameter '" + name + "' can't be merged: in '" + file_ + "' it is a " +
         std::string(value.kind_name()) + ".");
  };
  const auto text = [&](const std::string& between) -> Value {
    if (!value.is_string() || (below && !below->is_string())) refuse();
    return below ? below->as_string() + between + value.as_string() : value.as_string();
  };
  switch (types_.at(name)) {
    case Type::Json: {
      if (value.is_string() && value.as_string().empty()) refuse();
      const Value map = convert_parameter(Type::Json, value);
      return merged(below ? *below : Value(), map, depth);
    }
    case Type::CommaDelimitedList:
      if (below && !below->truthy()) return value;
      if (value.is_list()) return appended(below ? *below : Value(), value);
      return text(",");
    case Type::String:
      return text("");
    case Type::Number:
      if (!below) refuse();
      return text("");
    default:
      if (!value.is_string()) refuse();
      fail("The parameter '" + name + "' is a boolean, which can't be merged.",
           ErrorKind::InvalidMergeStrategyForParam);
  }
}

Value ParameterMerge::over(const Value& below, const Value& section) {
  if (!section.is_map() || section.as_map().empty()) return below;
  settle(section);
  if (!below.truthy()) return section;
  Map result = below.as_map();
  for (const auto& [name, value, kind] : section.as_map()) {
    if (value.is_null() || !types_.contains(name)) continue;
    const Value& strategy = settled_.at(name);
    if (strategy == Value("deep_merge"))
      result.set(name, joined(name, below.find(name), value, Depth::Deep));
    else if (strategy == Value("merge"))
      result.set(name, joined(name, below.find(name), value, Depth::Shallow));
    else
      result.set(name, value);
  }
  return result;
}

}  // namespace heat
