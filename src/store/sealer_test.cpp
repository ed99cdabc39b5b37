#include "store/sealer.h"

#include <gtest/gtest.h>

#include <functional>

#include "base/error.h"

namespace heat {
namespace {

constexpr const char* kKey = "a key of more than sixteen characters";

ErrorKind kind_thrown(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.kind();
  }
  return ErrorKind::Error;
}

TEST(Sealer, OpensWhatItSealed) {
  Sealer sealer(kKey);
  const Value value(Map{{"password", "hunter2"}, {"ports", List{1, 2.5, nullptr, true}}});
  const std::string sealed = sealer.seal(value, "here");
  EXPECT_EQ(sealed.find("hunter2"), std::string::npos);
  EXPECT_NE(sealed, sealer.seal(value, "here"));
  EXPECT_EQ(sealer.open(sealed, "here"), value);
}

TEST(Sealer, NoticesEveryChangedByte) {
  Sealer sealer(kKey);
  const std::string sealed = sealer.seal("secret", "here");
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_EQ(kind_thrown([&] { sealer.open(changed, "here"); }), ErrorKind::InvalidEncryptionKey);
  }
  for (std::size_t size = 0; size < sealed.size(); ++size)
    EXPECT_EQ(kind_thrown([&] { sealer.open(sealed.substr(0, size), "here"); }),
              ErrorKind::InvalidEncryptionKey);
}

TEST(Sealer, BindsAValueToItsPlace) {
  Sealer sealer(kKey);
  const std::string sealed = sealer.seal("secret", "resource.data:1");
  EXPECT_EQ(kind_thrown([&] { sealer.open(sealed, "resource.data:2"); }),
            ErrorKind::InvalidEncryptionKey);
}

TEST(Sealer, RotatesKeys) {
  Sealer old(kKey);
  Sealer both("another key of sixteen and more," + std::string(kKey));
  Sealer fresh("another key of sixteen and more");
  const std::string before = old.seal("secret", "here");
  EXPECT_EQ(both.open(before, "here"), Value("secret"));
  const std::string after = both.seal("secret", "here");
  EXPECT_EQ(fresh.open(after, "here"), Value("secret"));
  EXPECT_EQ(kind_thrown([&] { old.open(after, "here"); }), ErrorKind::InvalidEncryptionKey);
  EXPECT_EQ(kind_thrown([&] { fresh.open(before, "here"); }), ErrorKind::InvalidEncryptionKey);
}

TEST(Sealer, RefusesShortKeys) {
  for (const char* keys :
       {"", "short", "a key of more than sixteen characters,", "fifteen letters"})
    EXPECT_EQ(kind_thrown([&] { Sealer sealer(keys); }), ErrorKind::InvalidEncryptionKey) << keys;
}

TEST(Sealer, NamesContentWithoutTellingIt) {
  Sealer one(kKey), other("another key of sixteen and more");
  EXPECT_EQ(one.fingerprint("content"), Sealer(kKey).fingerprint("content"));
  EXPECT_NE(one.fingerprint("content"), one.fingerprint("Content"));
  EXPECT_NE(one.fingerprint("content"), other.fingerprint("content"));
}

}  // namespace
}  // namespace heat
