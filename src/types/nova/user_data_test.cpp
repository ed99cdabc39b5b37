#include "types/nova/user_data.h"

#include <gtest/gtest.h>

namespace heat::nova {
namespace {

const CfnAccess kAccess{.metadata_url = "http://127.0.0.1:8000/v1/"};

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

TEST(CfntoolsUserData, HasThePartsTheAgentsLookFor) {
  const std::string text = cfntools_user_data("#!/bin/sh\necho hello\n", Map{{"a", 1}}, kAccess);
  for (const char* file :
       {"cloud-config", "boothook.sh", "part-handler.py", "cfn-userdata", "loguserdata.py",
        "cfn-init-data", "cfn-metadata-server", "cfn-boto-cfg"})
    EXPECT_EQ(count(text, "filename=\"" + std::string(file) + "\""), 1u) << file;
  EXPECT_NE(text.find("echo hello"), std::string::npos);
  EXPECT_NE(text.find("cfn_region_endpoint = 127.0.0.1\n"), std::string::npos);
  EXPECT_NE(text.find("{\"a\": 1}"), std::string::npos);
}

TEST(CfntoolsUserData, WithoutMetadataHasNoInitData) {
  EXPECT_EQ(count(cfntools_user_data("", {}, kAccess), "cfn-init-data"), 0u);
  EXPECT_EQ(count(cfntools_user_data("", Map{}, kAccess), "cfn-init-data"), 0u);
}

TEST(CfntoolsUserData, SaysTheSameOfTheSame) {
  EXPECT_EQ(cfntools_user_data("x", {}, kAccess), cfntools_user_data("x", {}, kAccess));
}

TEST(CfntoolsUserData, ChoosesABoundaryThatNoPartHolds) {
  const std::string tricky = "--===============heat0==\n";
  const std::string text = cfntools_user_data(tricky, {}, kAccess);
  EXPECT_NE(text.find("boundary=\"===============heat1==\""), std::string::npos);
}

TEST(CfntoolsUserData, CarriesWhatIsNotAsciiAsBase64) {
  const std::string text = cfntools_user_data("gr\xc3\xbc\xc3\x9f", {}, kAccess);
  EXPECT_NE(text.find("charset=\"utf-8\""), std::string::npos);
  EXPECT_NE(text.find("Z3LDvMOf"), std::string::npos);
}

}  // namespace
}  // namespace heat::nova
