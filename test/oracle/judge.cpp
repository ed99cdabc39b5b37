#include "judge.h"

#include <array>

#include "request.h"
#include "stack/dependencies.h"
#include "stack/rehearsal.h"
#include "template/check.h"
#include "text/write.h"
#include "world.h"
#include "yaql_case.h"

namespace heat::oracle {

namespace {

using Kind = Verdict::Kind;
constexpr std::size_t kSizeLimit = 524288;

Verdict differs(const Value& wanted, const Value& got) {
  return {Kind::Differs, "wanted " + to_json(wanted) + ", got " + to_json(got)};
}

Verdict compare(const Value& wanted, const Value& got) {
  const Value decoded = decode(wanted);
  return same(decoded, got) ? Verdict{} : differs(decoded, got);
}

/// An error of ours against the recorded one: by class and status where the class is one that
/// clients see; what happens before validation reaches them as HTTPBadRequest.
Verdict compare_error(const Value& wanted, const Error& got) {
  if (wanted.is_null())
    return {Kind::Differs,
            "got " + std::string(got.kind_name()) + ": " + got.what() + "; wanted a result"};
  const std::string name = wanted["error_class"].string_or("");
  const auto kind = error_kind_named(name);
  const std::string phase = wanted["phase"].string_or("validate");
  const bool early = name == "ValueError" && (got.kind() == ErrorKind::HTTPBadRequest ||
                                              (phase != "validate" && got.http_status() == 400));
  if (!kind || early || *kind == got.kind()) return {};
  return {Kind::Differs, "wanted " + name + ": " + wanted["message"].string_or("") + "; got " +
                             std::string(got.kind_name()) + ": " + got.what()};
}

class Trial {
 public:
  Trial(const Case& one, const Registry& registry) : case_(one), registry_(registry) {}

  Verdict run() {
    const std::string want = case_.text("want");
    try {
      if (want == "parse") return parse();
      if (want == "yaql") return judge_yaql(case_);
      load_environment();
      if (want == "env")
        return done(compare(case_.expect()["environment"], environment_.to_value()));
      load();
      if (want == "merged_env")
        return done(compare(case_.expect()["environment"], environment_.to_value()));
      validate();
      if (want == "validate") return done({});
      if (want == "params") return done(params());
      if (want == "edges") return done(edges());
      if (want == "types") return done(types());
      if (want == "properties") return done(properties());
      if (want == "outputs") return done(outputs());
      return {Kind::Skipped, "does not know how to do '" + want + "'"};
    } catch (const Error& error) {
      const std::string_view what = error.what();
      const Verdict verdict = compare_error(case_.error(), error);
      if (verdict.kind == Kind::Differs && what.find("no resource type 'OS::") != what.npos)
        return {Kind::Skipped, "a resource type that is not there yet"};
      return verdict;
    }
  }

 private:
  Verdict done(Verdict verdict) const {
    if (case_.error().is_null()) return verdict;
    return {Kind::Differs, "wanted " + case_.error()["error_class"].string_or("") + ": " +
                               case_.error()["message"].string_or("") + "; there was no error"};
  }

  Verdict parse() {
    try {
      Template::parse(case_.template_text(), "t.yaml", kSizeLimit, problems_);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::InvalidTemplateVersion) throw;  // that comes later there
    }
    const Document document = Document::read(case_.template_text(), "t.yaml");
    return done(compare(case_.expect()["parsed"], document.root()));
  }

  void load_environment() {
    const Value& env = case_.data["env"];
    if (!env.is_null())
      environment_ = Environment::parse(env.is_string() ? Document::read(env.as_string(), "env")
                                                        : Document::of(decode(env)));
    if (!case_.data["params"].is_map()) return;
    Map given = environment_.parameters.as_map();
    for (const auto& [name, value, kind] : case_.data["params"].as_map())
      given.set(name, decode(value), kind);
    environment_.parameters = given;
  }

  void load() {
    Diagnostics found;  // told with the rest, unless it comes to nothing
    template_ = Template::parse(case_.template_text(), "t.yaml", kSizeLimit, found);
    std::vector<std::string> names;
    if (case_.data["environment_files"].is_list())
      for (const Value& name : case_.data["environment_files"].as_list())
        names.push_back(name.as_string());
    try {
      environment_.merge_files(names, case_.data["files"], *template_);
    } catch (const Error& error) {
      found.enter(Stage::Environments);
      found.add(error);
      found.raise();
    }
    std::erase_if(found.all(), [](const auto& one) { return one.stage != Stage::Schemas; });
    if (!names.empty()) found.raise();  // merging takes the schemas
  }

  void validate() {
    DefinitionRow row;
    row.template_source = case_.template_text();
    row.environment = environment_.to_value();
    row.files = case_.data["files"];
    row.parameters = environment_.parameters;
    Questions questions;
    definition_ =
        StackDefinition::load(row, {"teststack", "<STACK_ID>", "project-0001", "RegionOne"},
                              registry_, problems_, questions);
    world_.emplace(definition_, registry_);
    check_template(*world_, problems_, definition_->placeholders());
    if (case_.text("want") == "edges")
      keep_edges();
    else if (problems_.empty())
      world_->validate(problems_);
    problems_.raise();
  }

  /// Edges were recorded without looking at more than what resources are, and which they need.
  void keep_edges() {
    std::erase_if(problems_.all(), [](const Diagnostic& problem) {
      const auto& [kind, message, path, position, stage, turn] = problem;
      if (stage == Stage::Schemas) return false;
      if (kind == ErrorKind::InvalidTemplateSection || path.empty()) return true;
      const bool read = path[0] == "conditions" && path.size() != 2;
      return !read && (path[0] != "resources" || stage == Stage::Contents);
    });
  }

  Verdict params() const {
    Map values, texts;
    const Parameters& parameters = definition_->parameters();
    const Value shown = parameters.shown();
    for (const auto& [name, schema] : template_->parameters()) {
      if (name.starts_with("OS::")) continue;
      if (const Value* value = parameters.find(name)) values.set(name, *value);
      if (const Value* text = shown.find(name)) texts.set(name, *text);
    }
    const Verdict verdict = compare(case_.expect()["params"], values);
    if (verdict.kind != Kind::Same || case_.expect()["text"].is_null()) return verdict;
    return compare(case_.expect()["text"], texts);
  }

  Verdict edges() {
    const Graph graph = dependencies(*definition_, Members(), problems_);
    const auto& members = definition_->members();
    Map edges;
    for (std::size_t i = 0; i < graph.size(); ++i) {
      std::set<std::string> names;
      for (const std::size_t needed : graph.needs(i))
        names.insert(members[needed].definition->name);
      edges.set(members[i].definition->name, List(names.begin(), names.end()));
    }
    return compare(case_.expect()["edges"], edges);
  }

  Verdict types() const {
    Map classes, hooks, restricted;
    for (const auto& [definition, type] : definition_->members()) {
      const bool nested = definition_->nested(definition->name) != nullptr;
      const std::string known = nested                                   ? "TemplateResource"
                                : type->name == "OS::Heat::TestResource" ? "TestResource"
                                : type->name == "OS::Heat::None"         ? "NoneResource"
                                                                         : type->name;
      classes.set(definition->name, List{known});
      Map set;
      const auto wanted = environment_.hooks(definition->name);
      for (const char* hook :
           {"pre-create", "post-create", "pre-update", "post-update", "pre-delete", "post-delete"})
        set.set(hook, wanted.contains(hook));
      hooks.set(definition->name, set);
      List actions;
      for (const auto& action : environment_.restricted_actions(definition->name))
        actions.emplace_back(action);
      restricted.set(definition->name, actions);
    }
    Map got{{"types", classes}, {"hooks", hooks}};
    if (case_.expect().find("restricted_actions")) got.set("restricted_actions", restricted);
    return compare(case_.expect(), got);
  }

  Verdict properties() const {
    Map all;
    for (const auto& member : definition_->members()) {
      Diagnostics problems;
      const Value values = world_->properties(member, problems);
      problems.raise();
      Map mentioned;
      const Value source = member.definition->properties.source();
      if (source.is_map())
        for (const auto& [name, written, kind] : source.as_map())
          mentioned.set(name, Map{{"value", values[name]}});
      all.set(member.definition->name, mentioned);
    }
    return compare(case_.expect()["properties"], all);
  }

  Verdict outputs() {
    Rehearsal rehearsal(definition_, {"teststack", "<STACK_ID>", "project-0001", "RegionOne"},
                        registry_);
    const Value& wanted = case_.expect()["outputs"];
    for (const OutputDefinition& output : template_->outputs()) {
      const Value* expected = wanted.find(output.name);
      if (!expected) return {Kind::Differs, "output " + output.name + " is not wanted"};
      const Verdict verdict = this->output(output, rehearsal, *expected);
      if (verdict.kind != Kind::Same) return verdict;
    }
    return {};
  }

  Verdict output(const OutputDefinition& output, Rehearsal& rehearsal,
                 const Value& expected) const {
    Missing missing;
    try {
      const Value value =
          world_->enabled(output) ? rehearsal.evaluate(output.value, missing) : Value();
      if (const Value* wanted = expected.find("value"))
        return compare(*wanted, with_names(value, rehearsal));
      return {Kind::Differs, "wanted " + expected["error_class"].string_or("") + ": " +
                                 expected["message"].string_or("") + "; got " + to_json(value)};
    } catch (const Error& error) {
      return compare_error(expected.find("value") ? Value() : expected, error);
    }
  }

  /// Generated names as the cases write them.
  static Value with_names(const Value& value, const Rehearsal& rehearsal) {
    if (value.is_list()) {
      List items;
      for (const Value& item : value.as_list()) items.push_back(with_names(item, rehearsal));
      return items;
    }
    if (value.is_map()) {
      Map map;
      for (const auto& [key, item, kind] : value.as_map())
        map.set(key, with_names(item, rehearsal), kind);
      return map;
    }
    if (!value.is_string()) return value;
    std::string text = value.as_string();
    for (const Rehearsal::Part& part : rehearsal.parts()) {
      const std::string& name = part.member->definition->name;
      const std::string& id = rehearsal.row(name).physical_id;
      if (id.empty()) continue;
      for (std::size_t at = text.find(id); at != text.npos; at = text.find(id, at))
        text.replace(at, id.size(), "<teststack-" + name + "-SUFFIX>");
    }
    return text;
  }

  const Case& case_;
  const Registry& registry_;
  Environment environment_;
  Diagnostics problems_;
  std::shared_ptr<const Template> template_;
  std::shared_ptr<const StackDefinition> definition_;
  std::optional<World> world_;
};

}  // namespace

Verdict judge(const Case& one, const Registry& registry) {
  Verdict verdict = Trial(one, registry).run();
  // The others were recorded without examining a whole stack.
  static const std::set<std::string> whole = {"validate", "params", "outputs", "properties",
                                              "types"};
  if (verdict.kind == Kind::Same && whole.contains(one.text("want")))
    verdict = judge_request(one, registry);
  return verdict;
}

}  // namespace heat::oracle
