#include "base/diagnostics.h"

#include <algorithm>
#include <numeric>

namespace heat {

namespace {

constexpr std::size_t kMostListed = 50;
constexpr std::size_t kLongestWord = 100;

std::string describe(const Diagnostic& found) {
  std::string text = found.path.empty() ? "" : to_string(found.path) + ": ";
  text += found.message;
  if (found.position) text += " (" + found.position->str() + ")";
  return text;
}

/// Edits that turn `a` into `b`: insert, delete, change, or swap two neighbours; case is free.
std::size_t edits(std::string_view a, std::string_view b) {
  const auto same = [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) ==
           std::tolower(static_cast<unsigned char>(y));
  };
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  std::iota(last.begin(), last.end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = last[j - 1] + (same(a[i - 1], b[j - 1]) ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
      if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]))
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

void Diagnostics::add(ErrorKind kind, std::string message, Path path) {
  found_.push_back({kind, std::move(message), std::move(path), std::nullopt});
}

void Diagnostics::add(const Error& error) {
  found_.push_back({error.kind(), error.message(), error.path(), error.position()});
}

void Diagnostics::raise() const {
  if (found_.empty()) return;
  const Diagnostic& first = found_.front();
  std::string message = first.message;
  if (found_.size() > 1) {
    message = std::to_string(found_.size()) + " problems:";
    for (std::size_t i = 0; i < std::min(found_.size(), kMostListed); ++i)
      message += "\n  " + describe(found_[i]);
    if (found_.size() > kMostListed)
      message += "\n  and " + std::to_string(found_.size() - kMostListed) + " more";
  }
  Error error(first.kind, std::move(message), found_.size() > 1 ? Path{} : first.path);
  if (first.position) error.at(*first.position);
  throw error;
}

std::string nearest(std::string_view wrong, const std::vector<std::string>& known) {
  if (wrong.empty() || wrong.size() > kLongestWord) return "";
  const std::string* best = nullptr;
  std::size_t fewest = std::max<std::size_t>(1, wrong.size() / 3) + 1;
  for (const std::string& word : known) {
    const std::size_t longer = std::max(word.size(), wrong.size());
    if (longer - std::min(word.size(), wrong.size()) >= fewest) continue;
    const std::size_t count = edits(wrong, word);
    if (count >= fewest || count == word.size()) continue;
    best = &word;
    fewest = count;
  }
  return best ? *best : "";
}

std::string did_you_mean(std::string_view wrong, const std::vector<std::string>& known) {
  const std::string word = nearest(wrong, known);
  return word.empty() ? "" : " Did you mean '" + word + "'?";
}

}  // namespace heat
