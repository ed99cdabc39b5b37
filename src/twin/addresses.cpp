#include "twin/addresses.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace heat::twin {

namespace {

int width(const Address& address) { return address.version == 4 ? 32 : 128; }

/// Sets the bits behind the first `bits` of the address to `value`.
Address with_host_bits(Address address, int bits, bool value) {
  for (int bit = bits; bit < width(address); ++bit) {
    const int place = bit + 128 - width(address);
    const auto mask = static_cast<std::uint8_t>(0x80 >> (place % 8));
    std::uint8_t& byte = address.bytes[static_cast<std::size_t>(place / 8)];
    byte = static_cast<std::uint8_t>(value ? byte | mask : byte & ~mask);
  }
  return address;
}

}  // namespace

std::optional<Address> Address::parse(std::string_view text) {
  const std::string copy(text);
  Address address;
  if (inet_pton(AF_INET, copy.c_str(), &address.bytes[12]) == 1) return address;
  address.version = 6;
  if (inet_pton(AF_INET6, copy.c_str(), address.bytes.data()) == 1) return address;
  return std::nullopt;
}

std::string Address::str() const {
  char text[INET6_ADDRSTRLEN] = {};
  if (version == 4)
    inet_ntop(AF_INET, &bytes[12], text, sizeof text);
  else
    inet_ntop(AF_INET6, bytes.data(), text, sizeof text);
  return text;
}

Address Address::plus(std::int64_t steps) const {
  Address sum = *this;
  std::int64_t carry = steps;
  for (std::size_t i = 16; i-- > 0 && carry != 0;) {
    const std::int64_t total = sum.bytes[i] + carry;
    sum.bytes[i] = static_cast<std::uint8_t>(total & 0xff);
    carry = total >> 8;
  }
  return sum;
}

std::optional<Cidr> Cidr::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == text.npos) return std::nullopt;
  const auto address = Address::parse(text.substr(0, slash));
  const std::string_view digits = text.substr(slash + 1);
  int bits = -1;
  const auto end = digits.data() + digits.size();
  if (!address || std::from_chars(digits.data(), end, bits).ptr != end || bits < 0 ||
      bits > width(*address))
    return std::nullopt;
  return Cidr{with_host_bits(*address, bits, false), bits};
}

std::string Cidr::str() const { return network.str() + "/" + std::to_string(bits); }

Address Cidr::last() const { return with_host_bits(network, bits, true); }

bool Cidr::contains(const Address& address) const {
  return address.version == network.version && network <= address && address <= last();
}

bool Cidr::overlaps(const Cidr& other) const {
  return contains(other.network) || other.contains(network);
}

}  // namespace heat::twin
