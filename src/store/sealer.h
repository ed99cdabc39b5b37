#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/value.h"

namespace heat {

/// Encrypts values for rest (AES-256-GCM), so that neither the file nor a copy of it tells a
/// secret. A sealed value is bound to its place: moved to another row or column it no longer opens.
///
/// Each value takes a random nonce of 96 bits: give a new key before 2^32 values were sealed by
/// one. For one thread.
class Sealer {
 public:
  /// `keys` is the setting auth_encryption_key: one secret or several with commas between. The
  /// first one seals; all of them open, so a new one is put in front and the old one kept behind.
  /// Throws Error{InvalidEncryptionKey} for a secret under 16 characters.
  explicit Sealer(std::string_view keys);
  ~Sealer();
  Sealer(Sealer&&) noexcept;

  std::string seal(const Value& value, std::string_view place);
  /// Throws Error{InvalidEncryptionKey} where no key fits or the bytes were tampered with.
  Value open(std::string_view sealed, std::string_view place);

  // The same for bytes.
  std::string seal_bytes(std::string_view bytes, std::string_view place);
  std::string open_bytes(std::string_view sealed, std::string_view place);

  /// A name for content by which equal content is found again, and which tells nothing of it.
  std::string fingerprint(std::string_view bytes) const;

 private:
  struct Key;
  struct Cipher;
  const Key* key_of(std::string_view id) const;

  std::vector<Key> keys_;
  std::unique_ptr<Cipher> cipher_;
};

}  // namespace heat
