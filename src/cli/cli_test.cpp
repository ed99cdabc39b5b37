#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "cli/bundle.h"
#include "cli/plan_view.h"
#include "cli/progress.h"
#include "cli/report.h"
#include "cli/table.h"
#include "text/write.h"

namespace heat::cli {
namespace {

namespace fs = std::filesystem;

TEST(Table, ColumnsAreAsWideAsTheyShow) {
  Table table({"Name", "State"});
  table.add({"数据库", "UP"});
  table.add({"café", "DOWN"});
  EXPECT_EQ(table.str(), "Name    State\n──────  ─────\n数据库  UP\ncafé    DOWN\n");
}

TEST(Table, WhatDoesNotFitIsCut) {
  EXPECT_EQ(fitted("network", 7), "network");
  EXPECT_EQ(fitted("network", 5), "netw…");
  EXPECT_EQ(fitted("数据库", 4), "数…");
}

TEST(Table, WhatAMapHoldsStandsBelowOneAnother) {
  const Value map = from_json(
      R"({"name": "shop", "parameters": {"a": "1", "b": [2]}, "tags": ["x", "y"], "none": null,
          "text": "one\ntwo\n", "no": {}})");
  EXPECT_EQ(show_map(map, Format::Table),
            "Field       Value\n"
            "──────────  ──────\n"
            "name        shop\n"
            "parameters  a: 1\n"
            "            b: [2]\n"
            "tags        x\n"
            "            y\n"
            "none        \n"
            "text        one\n"
            "            two\n"
            "no          \n");
  EXPECT_EQ(show_map(from_json(R"({"a": ["b"], "c": "d\ne"})"), Format::Value),
            "a\t[\"b\"]\nc\td e\n");
}

TEST(Report, ACaretStandsUnderTheProblem) {
  const Document document = Document::read("resources:\n  app:\n    type: Sever\n", "app.yaml");
  const Path path{"resources", "app", "type"};
  const Diagnostic problem{ErrorKind::ValueError, "There is no type Sever.", path,
                           document.position(path)};
  EXPECT_EQ(told("error", problem, false),
            "error: There is no type Sever.\n"
            "  --> app.yaml:3:5\n"
            "   |\n"
            " 3 |     type: Sever\n"
            "   |     ^\n");
  const std::string coloured = told("warning", problem, true);
  EXPECT_NE(coloured.find("\x1b[1;33mwarning\x1b[0m"), std::string::npos) << coloured;
}

TEST(Report, WithoutALineThePathIsShown) {
  const Diagnostic problem{ErrorKind::ValueError, "is wrong.", {"a", "0"}, {}};
  EXPECT_EQ(told("error", problem, false), "error: is wrong.\n  --> a[0]\n");
}

TEST(Report, ARefusalTellsEachProblem) {
  const Value body = from_json(
      R"({"error": {"type": "UserParameterMissing", "message": "2 problems: ...", "problems": [
           {"type": "UserParameterMissing", "path": ["parameters", "p"], "message": "one"},
           {"type": "StackValidationFailed", "path": [], "message": "two"}]}})");
  const Error error = refusal(body, 400);
  EXPECT_EQ(error.kind(), ErrorKind::UserParameterMissing);
  const auto problems = problems_of(error, nullptr);
  ASSERT_EQ(problems.size(), 2u);
  EXPECT_EQ(problems[0].path, (Path{"parameters", "p"}));
  EXPECT_EQ(problems[1].message, "two");
  EXPECT_EQ(refusal(from_json("{}"), 404).kind(), ErrorKind::EntityNotFound);
}

TEST(Report, AMessageWithoutAPathStaysAsItIs) {
  EXPECT_TRUE(split_path("It is so: no").first.empty());
  EXPECT_EQ(split_path("resources.a[0].b: text").first, (Path{"resources", "a", "0", "b"}));
}

class BundleTest : public testing::Test {
 protected:
  BundleTest() : folder_(fs::path(testing::TempDir()) / "heat bundle") {
    fs::create_directories(folder_ / "parts");
  }
  ~BundleTest() override { fs::remove_all(folder_); }
  std::string write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name) << text;
    return (folder_ / name).string();
  }
  std::string url(const std::string& name) { return "file://" + (folder_ / name).string(); }

  fs::path folder_;
};

TEST_F(BundleTest, FilesOfFilesAreFoundFromWhereTheyStand) {
  write("parts/start.sh", "#!/bin/sh\n");
  const std::string version = "heat_template_version: 2021-04-16\n";
  write("parts/web.yaml", version + "user_data: {get_file: start.sh}\n");
  const auto root = write("app.yaml", "resources: {web: {type: parts/web.yaml}}\n");
  const Bundle bundle = Bundle::read(root, {});
  EXPECT_EQ(bundle.template_value()["resources"]["web"]["type"], Value(url("parts/web.yaml")));
  EXPECT_EQ(*bundle.files().find(url("parts/start.sh")), Value("#!/bin/sh\n"));
  EXPECT_EQ(*bundle.files().find(url("parts/web.yaml")),
            Value("{\"heat_template_version\":\"2021-04-16\",\"user_data\":{\"get_file\":\"" +
                  url("parts/start.sh") + "\"}}"));
}

TEST_F(BundleTest, ATextThatNamesNothingStaysAsItIs) {
  const std::string text = "heat_template_version: 2021-04-16\n# so that lines can be named\n";
  write("web.yaml", text);
  const auto root = write("app.yaml", "resources: {web: {type: web.yaml}}\n");
  EXPECT_EQ(*Bundle::read(root, {}).files().find(url("web.yaml")), Value(text));
}

TEST_F(BundleTest, WhatIsElsewhereIsFetchedWithWhatItNames) {
  std::map<std::string, std::string> web{
      {"http://a/t/web.yaml",
       "{heat_template_version: 2021-04-16, user_data: {get_file: ../start.sh}}"},
      {"http://a/start.sh", "#!/bin/sh\n"}};
  const auto root = write("app.yaml", "resources: {web: {type: \"http://a/t/web.yaml\"}}\n");
  const Bundle bundle = Bundle::read(root, {}, [&](const std::string& url) { return web.at(url); });
  EXPECT_TRUE(bundle.files().contains("http://a/t/web.yaml"));
  EXPECT_EQ(*bundle.files().find("http://a/start.sh"), Value("#!/bin/sh\n"));
}

TEST_F(BundleTest, AnEnvironmentBringsTheTemplatesOfItsRegistry) {
  write("web.yaml", "heat_template_version: 2021-04-16\n");
  const auto environment = write("env.yaml", "resource_registry: {\"My::Web\": web.yaml}\n");
  const Bundle bundle = Bundle::read_environments({environment});
  ASSERT_EQ(bundle.environment_names(), std::vector<std::string>{url("env.yaml")});
  EXPECT_TRUE(bundle.files().contains(url("web.yaml")));
}

TEST_F(BundleTest, ARegistryMayNameTemplatesForOneResourceAndFromABase) {
  write("parts/web.yaml", "heat_template_version: 2021-04-16\n");
  const auto environment =
      write("env.yaml",
            "resource_registry: {base_url: parts, resources: {web: {\"My::Web\": web.yaml, hooks: "
            "pre-create}}, \"My::Net\": \"OS::Neutron::Net\"}\n");
  EXPECT_TRUE(Bundle::read_environments({environment}).files().contains(url("parts/web.yaml")));
}

TEST_F(BundleTest, ATemplateThatNamesItselfIsReadOnce) {
  const auto root = write("app.yaml",
                          "{heat_template_version: 2021-04-16, resources: {again: {type: "
                          "app.yaml}}}\n");
  EXPECT_TRUE(Bundle::read(root, {}).files().contains(url("app.yaml")));
}

TEST_F(BundleTest, AMissingFileIsNamed) {
  const auto root = write("app.yaml", "user_data: {get_file: nope.sh}\n");
  try {
    Bundle::read(root, {});
    FAIL() << "a file that is not there was read";
  } catch (const Error& error) {
    EXPECT_NE(error.message().find("nope.sh"), std::string::npos) << error.message();
  }
}

Value resource(const char* name, const char* status) {
  return Map{{"resource_name", name}, {"resource_type", "T"}, {"resource_status", status}};
}

Value stack(const char* status) { return Map{{"stack_name", "s"}, {"stack_status", status}}; }

TEST(Progress, WithoutATerminalEachChangeIsALine) {
  using std::chrono::seconds;
  Progress progress(Progress::Screen{});
  const std::string first = progress.update(
      stack("UPDATE_IN_PROGRESS"),
      List{resource("a", "CREATE_COMPLETE"), resource("b", "UPDATE_IN_PROGRESS")}, seconds(0));
  EXPECT_EQ(first.find("a  "), std::string::npos) << "what was settled before is no news";
  EXPECT_NE(first.find("UPDATE_IN_PROGRESS"), std::string::npos);
  const std::string second = progress.update(stack("UPDATE_COMPLETE"),
                                             List{resource("b", "UPDATE_COMPLETE")}, seconds(61));
  EXPECT_NE(second.find("1 min 1 s"), std::string::npos);
  EXPECT_NE(second.find("DELETE_COMPLETE"), std::string::npos) << "a is gone";
  EXPECT_EQ(progress.update(stack("UPDATE_COMPLETE"), List{resource("b", "UPDATE_COMPLETE")},
                            seconds(62)),
            "");
}

TEST(Progress, OnASmallScreenTheTreeFits) {
  Progress progress(Progress::Screen{true, false, 60, 8});
  List resources;
  for (int i = 0; i < 30; ++i)
    resources.push_back(resource(("r" + std::to_string(i)).c_str(), "CREATE_COMPLETE"));
  resources.push_back(resource("slow", "CREATE_IN_PROGRESS"));
  const std::string tree =
      progress.update(stack("CREATE_IN_PROGRESS"), resources, std::chrono::seconds(1));
  EXPECT_LE(std::count(tree.begin(), tree.end(), '\n'), 8);
  EXPECT_NE(tree.find("slow"), std::string::npos) << "what is going on is shown";
  EXPECT_NE(tree.find("and 26 more"), std::string::npos) << tree;
}

TEST(Plan, SaysWhatChangesAndCounts) {
  const List plan{Map{{"resource_name", "a"}, {"action", "keep"}},
                  Map{{"resource_name", "disk"},
                      {"action", "update"},
                      {"changes", Map{{"size", 2}}},
                      {"why", ""}}};
  EXPECT_EQ(show_plan(plan, Format::Table),
            "Action  Resource  Changes   Why\n"
            "──────  ────────  ────────  ───\n"
            "update  disk      size → 2  \n"
            "\n"
            "Plan: 1 keep, 1 update\n");
  EXPECT_EQ(show_plan(List{}, Format::Table), "Plan: nothing to do\n");
}

}  // namespace
}  // namespace heat::cli
