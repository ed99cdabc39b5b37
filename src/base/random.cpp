#include "base/random.h"

#include <sys/random.h>

#include <cerrno>

#include "base/check.h"

namespace heat {

std::uint64_t Random::below(std::uint64_t bound) {
  check(bound > 0, "no number lies below 0");
  const std::uint64_t uneven = (0 - bound) % bound;  // 2^64 mod bound: drawn again, for fairness
  std::uint64_t drawn = next();
  while (drawn < uneven) drawn = next();
  return drawn % bound;
}

std::string Random::uuid() {
  constexpr std::string_view kHex = "0123456789abcdef";
  const std::uint64_t high = (next() & ~0xf000ULL) | 0x4000ULL;
  const std::uint64_t low = (next() & ~(3ULL << 62)) | (2ULL << 62);
  std::string text;
  text.reserve(36);
  for (int nibble = 0; nibble < 32; ++nibble) {
    if (nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20) text += '-';
    const std::uint64_t half = nibble < 16 ? high : low;
    text += kHex[(half >> (60 - 4 * (nibble % 16))) & 15];
  }
  return text;
}

std::uint64_t SystemRandom::next() {
  std::uint64_t drawn = 0;
  ssize_t got = 0;
  do {
    got = getrandom(&drawn, sizeof drawn, 0);
  } while (got < 0 && errno == EINTR);
  check(got == sizeof drawn, "the system gives no random numbers");
  return drawn;
}

// splitmix64, by Sebastiano Vigna, in the public domain.
std::uint64_t SeededRandom::next() {
  std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

}  // namespace heat
