#include "store/sealer.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include "base/check.h"
#include "base/error.h"
#include "text/write.h"

namespace heat {

namespace {

constexpr char kFormat = 1;
constexpr std::size_t kShortestSecret = 16;
constexpr std::size_t kIdSize = 4, kNonceSize = 12, kTagSize = 16;
constexpr std::size_t kHeadSize = 1 + kIdSize + kNonceSize + kTagSize;

using Digest = std::array<unsigned char, 32>;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

Digest hmac(std::string_view key, std::string_view text) {
  Digest digest;
  unsigned size = digest.size();
  check(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(text), text.size(),
             digest.data(), &size) != nullptr,
        "HMAC-SHA256 failed");
  return digest;
}

std::string_view as_text(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

[[noreturn]] void refuse(const std::string& why) {
  throw Error(ErrorKind::InvalidEncryptionKey, why);
}

}  // namespace

struct Sealer::Key {
  std::string id;
  Digest cipher_key, name_key;
};

struct Sealer::Cipher {
  EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
  ~Cipher() { EVP_CIPHER_CTX_free(context); }
};

Sealer::Sealer(std::string_view keys) : cipher_(std::make_unique<Cipher>()) {
  check(cipher_->context != nullptr, "no memory for a cipher");
  for (std::size_t begin = 0; begin <= keys.size();) {
    const std::size_t end = std::min(keys.find(',', begin), keys.size());
    const std::string_view secret = trimmed(keys.substr(begin, end - begin));
    if (secret.size() < kShortestSecret)
      refuse(
          "auth_encryption_key must be at least 16 characters long (several keys are separated "
          "by commas); set it in [DEFAULT] of heat.conf.");
    keys_.push_back({std::string(as_text(hmac(secret, "heat: key id")).substr(0, kIdSize)),
                     hmac(secret, "heat: seal"), hmac(secret, "heat: fingerprint")});
    begin = end + 1;
  }
}

Sealer::~Sealer() = default;
Sealer::Sealer(Sealer&&) noexcept = default;

const Sealer::Key* Sealer::key_of(std::string_view id) const {
  for (const Key& key : keys_)
    if (key.id == id) return &key;
  return nullptr;
}

std::string Sealer::seal(const Value& value, std::string_view place) {
  return seal_bytes(to_json(value), place);
}

Value Sealer::open(std::string_view sealed, std::string_view place) {
  return from_json(open_bytes(sealed, place));
}

// Format: version, key id, nonce, tag, ciphertext.
std::string Sealer::seal_bytes(std::string_view bytes, std::string_view place) {
  const Key& key = keys_.front();
  std::string sealed(kHeadSize + bytes.size(), '\0');
  sealed[0] = kFormat;
  sealed.replace(1, kIdSize, key.id);
  unsigned char* nonce = bytes_of(sealed) + 1 + kIdSize;
  unsigned char* tag = nonce + kNonceSize;
  EVP_CIPHER_CTX* context = cipher_->context;
  int size = 0;
  const bool done =
      RAND_bytes(nonce, kNonceSize) == 1 &&
      EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), nullptr, key.cipher_key.data(), nonce) == 1 &&
      EVP_EncryptUpdate(context, nullptr, &size, bytes_of(place), static_cast<int>(place.size())) ==
          1 &&
      EVP_EncryptUpdate(context, tag + kTagSize, &size, bytes_of(bytes),
                        static_cast<int>(bytes.size())) == 1 &&
      EVP_EncryptFinal_ex(context, tag + kTagSize + size, &size) == 1 &&
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, kTagSize, tag) == 1;
  check(done, "AES-256-GCM failed");
  return sealed;
}

std::string Sealer::open_bytes(std::string_view sealed, std::string_view place) {
  if (sealed.size() < kHeadSize || sealed[0] != kFormat)
    refuse("A stored secret (" + std::string(place) + ") is damaged.");
  const Key* key = key_of(sealed.substr(1, kIdSize));
  if (!key)
    refuse("A stored secret (" + std::string(place) +
           ") was sealed by a key that auth_encryption_key does not name; add that key behind a "
           "comma.");
  const unsigned char* nonce = bytes_of(sealed) + 1 + kIdSize;
  std::string tag(sealed.substr(1 + kIdSize + kNonceSize, kTagSize));
  const std::string_view cipher_text = sealed.substr(kHeadSize);
  std::string bytes(cipher_text.size(), '\0');
  EVP_CIPHER_CTX* context = cipher_->context;
  int size = 0;
  const bool prepared =
      EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), nullptr, key->cipher_key.data(), nonce) == 1 &&
      EVP_DecryptUpdate(context, nullptr, &size, bytes_of(place), static_cast<int>(place.size())) ==
          1 &&
      EVP_DecryptUpdate(context, bytes_of(bytes), &size, bytes_of(cipher_text),
                        static_cast<int>(cipher_text.size())) == 1 &&
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, kTagSize, tag.data()) == 1;
  check(prepared, "AES-256-GCM failed");
  if (EVP_DecryptFinal_ex(context, bytes_of(bytes) + size, &size) != 1)
    refuse("A stored secret (" + std::string(place) + ") was changed by somebody else.");
  return bytes;
}

std::string Sealer::fingerprint(std::string_view bytes) const {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string name;
  for (const unsigned char byte : hmac(as_text(keys_.front().name_key), bytes)) {
    name += digits[byte >> 4];
    name += digits[byte & 15];
  }
  return name;
}

}  // namespace heat
