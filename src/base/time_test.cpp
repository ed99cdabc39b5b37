#include "base/time.h"

#include <gtest/gtest.h>

namespace heat {
namespace {

TEST(Time, ShowsWholeSeconds) {
  EXPECT_EQ(iso_seconds(from_micros(0)), "1970-01-01T00:00:00Z");
  EXPECT_EQ(iso_seconds(from_micros(1795399820'999999)), "2026-11-23T02:10:20Z");
  EXPECT_EQ(iso_seconds(from_micros(-1)), "1969-12-31T23:59:59Z");
}

TEST(Time, ReadsWhatClientsWrite) {
  const Time time = from_micros(1795399820'000000);
  EXPECT_EQ(parse_iso("2026-11-23T02:10:20Z"), time);
  EXPECT_EQ(parse_iso("2026-11-23T02:10:20"), time);
  EXPECT_EQ(parse_iso("2026-11-23 03:40:20+01:30"), time);
  EXPECT_EQ(parse_iso("2026-11-22T21:10:20-0500"), time);
  EXPECT_EQ(parse_iso("2026-11-23T02:10:20.5Z"), time + Duration(500'000));
  EXPECT_EQ(parse_iso("2026-11-23T02:10:20.123456789Z"), time + Duration(123'456));
}

TEST(Time, RefusesWhatIsNoTime) {
  for (const char* text : {"", "2026", "2026-11-23", "2026-02-30T00:00:00Z", "2026-11-23T24:00:00Z",
                           "2026-11-23T02:10:20Zx", "2026-11-23T02:10:20.Z", "2026-11-23T2:10:20Z",
                           "-026-11-23T02:10:20Z", "2026-11-23T02:10:20 01:00"})
    EXPECT_EQ(parse_iso(text), std::nullopt) << text;
}

}  // namespace
}  // namespace heat
