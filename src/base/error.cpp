#include "base/error.h"

#include <algorithm>

namespace heat {

std::string to_string(const Path& path) {
  const auto is_index = [](const std::string& step) {
    return !step.empty() &&
           std::all_of(step.begin(), step.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  std::string text;
  for (const std::string& step : path) {
    if (is_index(step))
      text += "[" + step + "]";
    else
      text += (text.empty() ? "" : ".") + step;
  }
  return text;
}

Error::Error(ErrorKind kind, std::string message, Path path)
    : kind_(kind), message_(std::move(message)), path_(std::move(path)) {
  text_ = path_.empty() ? message_ : to_string(path_) + ": " + message_;
}

Error& Error::at(Position position) {
  position_ = std::move(position);
  return *this;
}

Error& Error::because(const Error& cause) {
  cause_ = std::make_shared<const Error>(cause);
  return *this;
}

Error& Error::telling(std::vector<Error> parts) {
  parts_ = std::make_shared<const std::vector<Error>>(std::move(parts));
  return *this;
}

Error Error::as(ErrorKind kind) const {
  Error same = *this;
  same.kind_ = kind;
  return same;
}

std::vector<Error> Error::parts() const { return parts_ ? *parts_ : std::vector<Error>{*this}; }

}  // namespace heat
