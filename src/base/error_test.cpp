#include "base/error.h"

#include <gtest/gtest.h>

#include "base/diagnostics.h"

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
    EXPECT_STREQ(error.what(), "2 problems:\n  parameters.a: first\n  second (a.yaml:2:1)");
  }
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

}  // namespace
}  // namespace heat
