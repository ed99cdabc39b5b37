#include "engine/known_definitions.h"

#include <gtest/gtest.h>

namespace heat {
namespace {

std::shared_ptr<const KnownDefinition> known(int number) {
  auto definition = std::make_shared<KnownDefinition>();
  definition->row.id = std::to_string(number);
  return definition;
}

TEST(KnownDefinitions, TheOneThatWasNotAskedForTheLongestGoesFirst) {
  KnownDefinitions definitions;
  for (int i = 0; i < 16; ++i) definitions.add(known(i));
  EXPECT_NE(definitions.find("0"), nullptr);
  definitions.add(known(16));
  EXPECT_EQ(definitions.find("1"), nullptr);
  ASSERT_NE(definitions.find("0"), nullptr);
  EXPECT_EQ(definitions.find("0")->row.id, "0");
  EXPECT_NE(definitions.find("16"), nullptr);
  EXPECT_EQ(definitions.find("17"), nullptr);
}

}  // namespace
}  // namespace heat
