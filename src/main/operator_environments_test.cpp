#include "main/operator_environments.h"

#include <gtest/gtest.h>

#include <fstream>

#include "text/write.h"

namespace heat {
namespace {

namespace fs = std::filesystem;

class OperatorEnvironments : public testing::Test {
 protected:
  OperatorEnvironments() {
    std::string pattern = testing::TempDir() + "heat-environments-XXXXXX";
    folder_ = mkdtemp(pattern.data());
  }
  ~OperatorEnvironments() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name) << text;
  }

  fs::path folder_;
};

TEST_F(OperatorEnvironments, MapTypesInTheOrderOfTheFiles) {
  write("a.yaml", "resource_registry:\n  'OS::Quantum*': 'OS::Neutron*'\n  X::Y: first\n");
  write("b.json", R"({"resource_registry": {"X::Y": "second"}, "parameters": {"p": 1}})");
  write("c.yaml.dpkg-old", "resource_registry: {X::Y: third}\n");
  write(".d.yaml", "resource_registry: {X::Y: hidden}\n");
  EXPECT_EQ(to_json(read_operator_mappings(folder_)),
            R"({"OS::Quantum*":"OS::Neutron*","X::Y":"second"})");
}

TEST_F(OperatorEnvironments, AWrongFileLeavesTheOthers) {
  write("a.yaml", "resource_registry: {A: B}\n");
  write("b.yaml", "resource_registry: [\n");
  write("c.yaml", "nonsense: {A: C}\n");
  EXPECT_EQ(to_json(read_operator_mappings(folder_)), R"({"A":"B"})");
  EXPECT_EQ(to_json(read_operator_mappings(folder_ / "none")), "{}");
}

}  // namespace
}  // namespace heat
