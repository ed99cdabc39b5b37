#include "cli/eval_view.h"

#include "base/json_string.h"
#include "resource/behaviour.h"
#include "text/write.h"

namespace heat::cli {

namespace {

constexpr const char* kUnknown = "(unknown)";

/// `value` with `mark` for what is not known, or without the entry where it was left out.
Value known_parts(const Value& value, const Value& mark) {
  if (value.is(Value::Kind::Unknown)) return mark;
  if (value.is_list()) {
    List items;
    for (const Value& item : value.as_list()) items.push_back(known_parts(item, mark));
    return items;
  }
  if (!value.is_map()) return value;
  Map map;
  for (const auto& [key, item, kind] : value.as_map())
    if (!item.is(Value::Kind::Omitted)) map.set(key, known_parts(item, mark), kind);
  return map;
}

List names_of(const Missing& missing) {
  List names;
  for (const std::string& resource : missing.references) names.emplace_back(resource);
  for (const auto& [resource, attribute] : missing.attributes)
    names.emplace_back(resource + "." + attribute);
  return names;
}

std::string joined(const Value& names) {
  std::string text;
  if (names.is_list())
    for (const Value& name : names.as_list()) text += (text.empty() ? "" : ", ") + one_line(name);
  return text;
}

class Evaluated {
 public:
  Evaluated(Rehearsal& rehearsal, Diagnostics& problems)
      : rehearsal_(rehearsal), problems_(problems) {}

  Value all(EvalParts parts) {
    Map result{{"outputs", outputs()}};
    if (parts.resources) result.set("resources", resources(rehearsal_, "resources."));
    if (parts.graph) result.set("graph", graph());
    result.set("unknown", std::move(unknown_));
    return result;
  }

 private:
  Map outputs() {
    Map values;
    for (const OutputDefinition* output : rehearsal_.definition().outputs()) {
      Missing missing;
      try {
        values.set(output->name, rehearsal_.evaluate(output->value, missing));
      } catch (const Error& error) {
        problems_.add(error);
        values.set(output->name, Value());
      }
      note("outputs." + output->name, missing);
    }
    return values;
  }

  /// `path` leads to them: "resources.web.resources." where web's type is a template.
  Map resources(const Rehearsal& rehearsal, const std::string& path) {
    Map all;
    for (const Rehearsal::Part& part : rehearsal.parts()) {
      const std::string& name = part.member->definition->name;
      Map resource{{"type", part.member->type->name}};
      if (part.made)
        resource.set("reference", part.member->type->behaviour->reference_id(rehearsal.row(name)));
      resource.set("properties", part.properties.is_null() ? Value(Map()) : part.properties);
      note(path + name, part.needs);
      if (part.below)
        resource.set("resources", resources(*part.below, path + name + ".resources."));
      all.set(name, std::move(resource));
    }
    return all;
  }

  Map graph() {
    Map all;
    for (std::size_t i = 0; i < rehearsal_.parts().size(); ++i) {
      List needs;
      for (const std::size_t needed : rehearsal_.graph().needs(i))
        needs.emplace_back(rehearsal_.parts()[needed].member->definition->name);
      all.set(rehearsal_.parts()[i].member->definition->name, std::move(needs));
    }
    return all;
  }

  void note(const std::string& what, const Missing& missing) {
    if (!missing.empty()) unknown_.set(what, names_of(missing));
  }

  Rehearsal& rehearsal_;
  Diagnostics& problems_;
  Map unknown_;
};

std::string output_table(const Rehearsal& rehearsal, const Value& evaluation) {
  const Value& unknown = evaluation["unknown"];
  Table table({"Output", "Value", "Unknown until", "Description"});
  for (const OutputDefinition* output : rehearsal.definition().outputs())
    table.add({output->name, one_line(known_parts(evaluation["outputs"][output->name], kUnknown)),
               joined(unknown["outputs." + output->name]), output->description});
  return table.empty() ? "" : table.str();
}

Map told_resources(const Value& resources, const Value& unknown, const std::string& path) {
  Map all;
  for (const auto& [name, resource, kind] : resources.as_map()) {
    Map shown;
    for (const auto& [key, value, key_kind] : resource.as_map())
      shown.set(key, key == "resources"
                         ? Value(told_resources(value, unknown, path + name + ".resources."))
                         : known_parts(value, kUnknown));
    if (const Value* needs = unknown.find(path + name)) shown.set("unknown until", *needs);
    all.set(name, std::move(shown));
  }
  return all;
}

std::string graph_table(const Value& graph) {
  Table table({"Resource", "Needs"});
  for (const auto& [name, needs, kind] : graph.as_map()) table.add({name, joined(needs)});
  return table.str();
}

/// An arrow leads from a resource to what it needs.
std::string graph_dot(const Rehearsal& rehearsal, const Value& graph) {
  const auto quoted = [](const std::string& text) {
    std::string out;
    append_json_string(out, text);
    return out;
  };
  std::string text = "digraph resources {\n  rankdir=LR;\n  node [shape=box];\n";
  for (const Rehearsal::Part& part : rehearsal.parts()) {
    const std::string& name = part.member->definition->name;
    text +=
        "  " + quoted(name) + " [label=" + quoted(name + "\n" + part.member->type->name) + "];\n";
  }
  for (const auto& [name, needs, kind] : graph.as_map())
    for (const Value& needed : needs.as_list())
      text += "  " + quoted(name) + " -> " + quoted(needed.as_string()) + ";\n";
  return text + "}\n";
}

}  // namespace

Value evaluation(Rehearsal& rehearsal, EvalParts parts, Diagnostics& problems) {
  return Evaluated(rehearsal, problems).all(parts);
}

std::string show_evaluation(const Rehearsal& rehearsal, const Value& evaluation, Format format) {
  const Value* graph = evaluation.find("graph");
  if (format == Format::Dot) return graph_dot(rehearsal, *graph);
  if (format == Format::Json) return to_pretty_json(known_parts(evaluation, Value())) + "\n";
  if (format == Format::Value) {
    std::string lines;
    for (const auto& [name, value, kind] : evaluation["outputs"].as_map())
      lines += name + "\t" + one_line(known_parts(value, kUnknown)) + "\n";
    return lines;
  }
  std::string text;
  const auto add = [&text](const std::string& part) {
    text += (text.empty() || part.empty() ? "" : "\n") + part;
  };
  add(output_table(rehearsal, evaluation));
  if (const Value* resources = evaluation.find("resources"))
    add(to_yaml(
        Map{{"resources", told_resources(*resources, evaluation["unknown"], "resources.")}}));
  if (graph) add(graph_table(*graph));
  return text;
}

}  // namespace heat::cli
