#pragma once

#include <cstdint>
#include <string>

namespace heat {

/// Port: randomness. The system's is cryptographic; the simulation's is seeded and replays.
class Random {
 public:
  virtual ~Random() = default;
  virtual std::uint64_t next() = 0;

  std::uint64_t below(std::uint64_t bound);  ///< uniform in [0, bound)
  std::string uuid();                        ///< version 4, lower case with dashes
};

class SystemRandom final : public Random {
 public:
  std::uint64_t next() override;
};

class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() override;

 private:
  std::uint64_t state_;
};

}  // namespace heat
