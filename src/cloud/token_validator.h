#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "async/loop.h"
#include "cloud/asked_once.h"
#include "cloud/session.h"
#include "cloud/token.h"

namespace heat {

/// Tells what the tokens that come with requests stand for, by asking Keystone as the service user.
class TokenValidator {
 public:
  struct Options {
    Duration keep = std::chrono::seconds(300);  ///< how long an answer is trusted
    std::size_t most = 10000;                   ///< answers kept
  };

  /// `service` is the service user's session; it outlives the validator.
  TokenValidator(Loop& loop, Session& service) : TokenValidator(loop, service, Options()) {}
  TokenValidator(Loop& loop, Session& service, Options options)
      : loop_(loop), service_(service), options_(options), questions_(loop) {}

  /// Nothing where the token is unknown, expired or revoked. Who asks for a token while it is asked
  /// for gets that answer.
  Task<std::optional<Token>> validate(std::string token);

 private:
  struct Known {
    Token token;
    Time until;
  };
  Task<std::optional<Token>> ask(std::string token);
  void keep(const Token& token);

  Loop& loop_;
  Session& service_;
  Options options_;
  std::map<std::string, Known, std::less<>> known_;
  AskedOnce<std::optional<Token>> questions_;
};

}  // namespace heat
