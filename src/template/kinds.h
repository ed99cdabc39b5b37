#pragma once

#include <cstdint>
#include <string>

#include "schema/schema.h"

namespace heat {

/// A set of kinds that a value may have, as far as it can be known before there is the value.
class Kinds {
 public:
  enum Kind : std::uint8_t { Null = 1, Boolean = 2, Number = 4, Text = 8, List = 16, Map = 32 };

  constexpr Kinds() = default;  ///< any
  constexpr Kinds(Kind kind) : bits_(kind) {}
  static constexpr Kinds none() { return Kinds(std::uint8_t{0}); }
  static Kinds of(const Value& value);
  /// What a property or parameter of that schema can be made of. Null always can be given.
  static Kinds taken_by(const Schema& schema);
  /// What a parameter of that type gives.
  static Kinds given_by(Type type);
  /// What an attribute of that type gives: "String", "Map" … as resource types declare it.
  static Kinds named(const std::string& type);

  constexpr bool empty() const { return bits_ == 0; }
  constexpr friend Kinds operator|(Kinds a, Kinds b) {
    return Kinds(static_cast<std::uint8_t>(a.bits_ | b.bits_));
  }
  constexpr friend Kinds operator&(Kinds a, Kinds b) {
    return Kinds(static_cast<std::uint8_t>(a.bits_ & b.bits_));
  }
  /// "text", "a list or a map"; null is not mentioned beside others.
  std::string str() const;

 private:
  constexpr explicit Kinds(std::uint8_t bits) : bits_(bits) {}

  std::uint8_t bits_ = 63;
};

constexpr Kinds operator|(Kinds::Kind a, Kinds::Kind b) { return Kinds(a) | Kinds(b); }

}  // namespace heat
