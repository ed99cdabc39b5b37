#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace heat::twin {

/// An IPv4 or IPv6 address: in order, and countable.
struct Address {
  int version = 4;
  std::array<std::uint8_t, 16> bytes{};  ///< the last four hold an IPv4 address

  static std::optional<Address> parse(std::string_view text);
  std::string str() const;
  Address plus(std::int64_t steps) const;
  friend auto operator<=>(const Address&, const Address&) = default;
};

/// A network in CIDR form.
struct Cidr {
  Address network;
  int bits = 0;

  /// Host bits are cleared, as Neutron does.
  static std::optional<Cidr> parse(std::string_view text);
  std::string str() const;
  Address last() const;
  bool contains(const Address& address) const;
  bool overlaps(const Cidr& other) const;
};

}  // namespace heat::twin
