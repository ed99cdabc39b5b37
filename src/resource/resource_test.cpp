#include "resource/resource.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "resource/type_file.h"

namespace heat {
namespace {

TEST(PhysicalName, is_stack_resource_and_the_uuids_random_time_bits) {
  // The suffix is what the original makes of this uuid.
  EXPECT_EQ(physical_name("web", "port", "0c3e5d1a-7b42-4f9e-8a6d-1b2c3d4e5f60", 255),
            "web-port-7ht3iigd4xi2");
}

TEST(PhysicalName, drops_the_stars_that_mark_a_backup_stack) {
  EXPECT_TRUE(physical_name("web*", "a", "0c3e5d1a-7b42-4f9e-8a6d-1b2c3d4e5f60", 255)
                  .starts_with("web-a-"));
}

TEST(PhysicalName, keeps_two_letters_and_the_end_where_it_is_too_long) {
  const std::string whole =
      physical_name("a-long-stack", "a-long-resource", "0c3e5d1a-7b42-4f9e-8a6d-1b2c3d4e5f60", 255);
  const std::string cut =
      physical_name("a-long-stack", "a-long-resource", "0c3e5d1a-7b42-4f9e-8a6d-1b2c3d4e5f60", 20);
  EXPECT_EQ(cut, "a--" + whole.substr(whole.size() - 17));
}

}  // namespace
}  // namespace heat
