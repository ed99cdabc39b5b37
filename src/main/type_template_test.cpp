#include <gtest/gtest.h>

#include "engine/type_views.h"
#include "template/template.h"
#include "types/types.h"

// What generate_template makes of every type must be a template, in either language.

namespace heat {
namespace {

class TypeTemplate : public testing::TestWithParam<std::string> {};

TEST_P(TypeTemplate, CanBeRead) {
  Registry registry;
  register_types(registry);
  ASSERT_FALSE(registry.names().empty());
  for (const std::string& name : registry.names()) {
    Diagnostics problems;
    const auto tmpl =
        Template::parse(Document::of(type_template(*registry.find(name), GetParam())), problems);
    EXPECT_EQ(to_string(tmpl->version().language), GetParam());
    EXPECT_EQ(tmpl->resources().size(), 1U) << name;
    for (const Diagnostic& problem : problems.all())
      ADD_FAILURE() << name << ": " << to_string(problem.path) << ": " << problem.message;
  }
}

INSTANTIATE_TEST_SUITE_P(Languages, TypeTemplate, testing::Values("hot", "cfn"));

}  // namespace
}  // namespace heat
