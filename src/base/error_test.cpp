#include "base/error.h"

#include <gtest/gtest.h>

#include "base/diagnostics.h"
#include "base/display_width.h"

namespace heat {
namespace {

TEST(Error, KindsHaveTheOriginalsStatuses) {
  EXPECT_EQ(info(ErrorKind::StackValidationFailed).http_status, 400);
  EXPECT_EQ(info(ErrorKind::StackExists).http_status, 409);
  EXPECT_EQ(info(ErrorKind::SnapshotNotFound).http_status, 404);  // as its base, EntityNotFound
  EXPECT_EQ(info(ErrorKind::ResourceFailure).http_status, 500);
  EXPECT_EQ(info(ErrorKind::StackExists).cfn_code, "AlreadyExists");
  EXPECT_EQ(error_kind_named("ValueError"), ErrorKind::ValueError);
  EXPECT_EQ(error_kind_named("Nonsense"), std::nullopt);
}

TEST(Error, PutsThePathInFront) {
  const Error error(ErrorKind::StackValidationFailed, "is no number.",
                    {"resources", "web", "properties", "networks", "0", "port"});
  EXPECT_STREQ(error.what(), "resources.web.properties.networks[0].port: is no number.");
  EXPECT_STREQ(Error(ErrorKind::NotFound, "gone").what(), "gone");
}

TEST(Error, KeepsItsCause) {
  Error error(ErrorKind::ResourceFailure, "outer");
  error.because(Error(ErrorKind::Conflict, "inner")).at({"a.yaml", 3, 7});
  EXPECT_EQ(error.cause()->message(), "inner");
  EXPECT_EQ(error.position()->str(), "a.yaml:3:7");
}

TEST(Diagnostics, RaisesOneAsItIsAndSeveralTogether) {
  Diagnostics found;
  EXPECT_NO_THROW(found.raise());
  found.add(ErrorKind::UserParameterMissing, "first", {"parameters", "a"});
  try {
    found.raise();
    FAIL() << "raise() must throw";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::UserParameterMissing);
    EXPECT_STREQ(error.what(), "parameters.a: first");
  }
  found.add(Error(ErrorKind::ValueError, "second").at({"a.yaml", 2, 1}));
  try {
    found.raise();
    FAIL() << "raise() must throw";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::UserParameterMissing);
    EXPECT_STREQ(error.what(), "2 problems:\nparameters.a: first\nsecond\n  --> a.yaml:2:1");
    ASSERT_EQ(error.parts().size(), 2u);
    EXPECT_EQ(error.parts()[1].kind(), ErrorKind::ValueError);
    EXPECT_EQ(error.parts()[1].position()->line, 2);
  }
}

TEST(Diagnostics, TheOneOfTheEarliestStageNamesThem) {
  Diagnostics found;
  found.add(ErrorKind::StackValidationFailed, "no property", {"a"});
  found.enter(Stage::Needs);
  found.add(ErrorKind::InvalidTemplateReference, "no resource", {"b"});
  found.enter(Stage::Values);
  found.add(ErrorKind::UserParameterMissing, "no value", {"c"});
  found.add(ErrorKind::InvalidSchemaError, "no default", {"d"});
  try {
    found.raise();
    FAIL() << "raise() must throw";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::UserParameterMissing);
  }
}

TEST(Diagnostics, TheFirstFoundNamesThemWhateverTheirOrder) {
  Diagnostics found;
  found.add(ErrorKind::UserParameterMissing, "b", {"b"});
  found.add(ErrorKind::ValueError, "a", {"a"});
  found.add(ErrorKind::ValueError, "a", {"a"});
  found.remove_repeated();
  found.arrange([](const Diagnostic& x, const Diagnostic& y) { return x.path < y.path; });
  try {
    found.raise();
    FAIL() << "raise() must throw";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::UserParameterMissing);
    EXPECT_STREQ(error.what(), "2 problems:\na: a\nb: b");
  }
}

TEST(DisplayWidth, ACombiningMarkTakesNoColumn) {
  EXPECT_EQ(display_width("e\u0301"), 1u);
  EXPECT_EQ(display_width("数"), 2u);
}

TEST(Position, ShowsTheLineWithACaret) {
  EXPECT_EQ((Position{"app.yaml", 12, 3}).picture(), "  --> app.yaml:12:3\n");
  EXPECT_EQ((Position{"app.yaml", 7, 3, "\t数 typ: x", 5}).picture(),
            "  --> app.yaml:7:3\n"
            "   |\n"
            " 7 | \t数 typ: x\n"
            "   | \t   ^\n");
}

TEST(Diagnostics, SuggestsTheNearestWord) {
  const std::vector<std::string> known = {"image", "flavor", "networks", "key_name"};
  EXPECT_EQ(nearest("flavour", known), "flavor");
  EXPECT_EQ(nearest("IMAGE", known), "image");
  EXPECT_EQ(nearest("netowrks", known), "networks");
  EXPECT_EQ(nearest("volume", known), "");
  EXPECT_EQ(nearest("", known), "");
  EXPECT_EQ(did_you_mean("imge", known), " Did you mean 'image'?");
  EXPECT_EQ(did_you_mean("zzzzzz", known), "");
}

TEST(Diagnostics, SuggestsOnlySoMuchUnderALimit) {
  std::vector<std::string> known;
  for (int i = 0; i < 5000; ++i) known.push_back("parameter" + std::to_string(i));
  const auto names = [&known] { return known; };
  {
    const SuggestionLimit limit;
    int suggested = 0;
    for (int i = 0; i < 100; ++i)
      suggested += did_you_mean("paramter" + std::to_string(i), names).empty() ? 0 : 1;
    EXPECT_GT(suggested, 30);
    EXPECT_LT(suggested, 60);
    EXPECT_FALSE(SuggestionLimit::allows());
  }
  EXPECT_EQ(did_you_mean("paramter17", names), " Did you mean 'parameter17'?");
}

TEST(Diagnostics, KeepsAThousandAndWhatNamesThem) {
  Diagnostics found;
  found.enter(Stage::Outputs);
  for (int i = 0; i < 3000; ++i)
    found.add_further(ErrorKind::ValueError, "wrong", {"outputs", std::to_string(i)});
  found.enter(Stage::Values);
  found.add(ErrorKind::UserParameterMissing, "missing", {"parameters", "p"});
  EXPECT_EQ(found.all().size(), Diagnostics::kMost);
  EXPECT_EQ(found.added(), 3001U);
  try {
    found.raise();
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::UserParameterMissing);
    EXPECT_TRUE(error.message().starts_with("more than 1000 problems:")) << error.message();
    EXPECT_EQ(error.parts().size(), Diagnostics::kMost);
  }
}

}  // namespace
}  // namespace heat
