// Environments: reading, merging with themselves, and what they say of types.
#include "template/environment.h"
#include "fuzz/fuzz.h"
#include "template/template.h"

namespace heat::fuzz {

void feed(std::string_view text) {
  static const auto tmpl = [] {
    Diagnostics problems;
    return Template::parse(
        "heat_template_version: 2021-04-16\n"
        "parameters: {a: {type: string}, b: {type: json}, c: {type: comma_delimited_list}}\n",
        "t", 1000, problems);
  }();
  expect_no_more_than_error([&] {
    const Document document = Document::read_yaml(text, "env");
    const Environment environment = Environment::parse(document);
    Environment merged = environment;
    merged.merge(environment);
    for (const char* name : {"web", "a", "server_1"}) {
      (void)environment.hooks(name);
      (void)environment.restricted_actions(name);
      for (const char* type : {"OS::Nova::Server", "My::Type", "a.yaml"})
        expect_no_more_than_error([&] { (void)environment.resolve_type(type, name); });
    }
    const Value shown = merged.to_value();
    expect(Environment::parse(Document::of(shown)).to_value() == shown,
           "an environment does not read back");
  });
  expect_no_more_than_error([&] {
    Environment environment;
    environment.merge_files({"env", "env"}, Map{{"env", text}}, *tmpl);
  });
}

}  // namespace heat::fuzz
