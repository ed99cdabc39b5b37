#include "cloud/token_validator.h"

#include <algorithm>

namespace heat {

Task<std::optional<Token>> TokenValidator::validate(std::string token) {
  const bool clean = std::ranges::all_of(token, [](unsigned char c) { return c > ' ' && c < 127; });
  if (token.empty() || !clean) co_return std::nullopt;  // could not even be a header
  if (const auto found = known_.find(token); found != known_.end()) {
    if (loop_.now() < found->second.until) co_return found->second.token;
    known_.erase(found);
  }
  co_return co_await questions_.ask(token, [&] { return ask(token); });
}

Task<std::optional<Token>> TokenValidator::ask(std::string token) {
  CloudRequest request;
  request.service = "identity";
  request.path = "/auth/tokens";
  request.headers.add("X-Subject-Token", token);
  const auto response = co_await service_.call(request);
  if (response.status == 404) co_return std::nullopt;
  if (response.status >= 400) throw cloud_error(request, response);
  auto read = read_token(std::move(token), response.body);
  if (read.expires_at <= loop_.now()) co_return std::nullopt;
  keep(read);
  co_return read;
}

void TokenValidator::keep(const Token& token) {
  if (known_.size() >= options_.most) {
    const auto now = loop_.now();
    std::erase_if(known_, [now](const auto& entry) { return entry.second.until <= now; });
  }
  if (known_.size() >= options_.most) known_.clear();
  const auto until = std::min(token.expires_at, loop_.now() + options_.keep);
  known_.insert_or_assign(token.id, Known{token, until});
}

}  // namespace heat
