#include "base/diagnostics.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <set>
#include <utility>

namespace heat {

namespace {

constexpr std::size_t kMostListed = 50;
constexpr std::size_t kLongestWord = 100;
constexpr std::size_t kUnlimited = std::numeric_limits<std::size_t>::max();
constexpr std::size_t kLimit = 2'000'000;  // characters to compare with words: tenths of a second

thread_local std::size_t left_to_compare = kUnlimited;

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

std::string Diagnostic::str() const {
  std::string text = path.empty() ? message : to_string(path) + ": " + message;
  if (position) text += "\n" + position->picture();
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

void Diagnostics::add(ErrorKind kind, std::string message, Path path) {
  add({kind, std::move(message), std::move(path), std::nullopt, stage_});
}

void Diagnostics::add(const Error& error) {
  add({error.kind(), error.message(), error.path(), error.position(), stage_});
}

void Diagnostics::add(Diagnostic problem) {
  problem.turn = turns_++;
  if (found_.size() < kMost) return found_.push_back(std::move(problem));
  more_ = true;
  const auto last = std::ranges::max_element(found_, {}, &Diagnostic::stage);
  if (problem.stage < last->stage) *last = std::move(problem);
}

void Diagnostics::add_further(ErrorKind kind, std::string message, Path path) {
  if (!at(path)) add(kind, std::move(message), std::move(path));
}

void Diagnostics::add_further(Diagnostic problem) {
  if (!at(problem.path)) add(std::move(problem));
}

bool Diagnostics::at(const Path& path) const {
  return std::ranges::find(found_, path, &Diagnostic::path) != found_.end();
}

void Diagnostics::remove_repeated() {
  std::set<std::pair<Path, std::string>> seen;
  std::erase_if(found_, [&](const Diagnostic& problem) {
    return !seen.emplace(problem.path, problem.message).second;
  });
}

void Diagnostics::arrange(const std::function<bool(const Diagnostic&, const Diagnostic&)>& before) {
  std::ranges::stable_sort(found_, before);
}

void Diagnostics::raise() const {
  if (found_.empty()) return;
  const auto met = [](const Diagnostic& one) { return std::pair(one.stage, one.turn); };
  const ErrorKind kind = std::ranges::min_element(found_, {}, met)->kind;
  std::vector<Error> parts;
  for (const Diagnostic& problem : found_) {
    parts.emplace_back(problem.kind, problem.message, problem.path);
    if (problem.position) parts.back().at(*problem.position);
  }
  if (parts.size() == 1) throw parts.front();
  std::string message =
      (more_ ? "more than " : "") + std::to_string(found_.size()) + " problems:";
  for (std::size_t i = 0; i < std::min(found_.size(), kMostListed); ++i)
    message += "\n" + found_[i].str();
  if (found_.size() > kMostListed)
    message += "\nand " + std::to_string(found_.size() - kMostListed) + " more";
  throw Error(kind, std::move(message)).telling(std::move(parts));
}

std::string nearest(std::string_view wrong, const std::vector<std::string>& known) {
  if (wrong.empty() || wrong.size() > kLongestWord || !SuggestionLimit::allows()) return "";
  if (left_to_compare != kUnlimited)
    left_to_compare -= std::min(left_to_compare, wrong.size() * known.size());
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

SuggestionLimit::SuggestionLimit() : before_(std::exchange(left_to_compare, kLimit)) {}

SuggestionLimit::~SuggestionLimit() { left_to_compare = before_; }

bool SuggestionLimit::allows() { return left_to_compare > 0; }

std::string did_you_mean(std::string_view wrong, const std::vector<std::string>& known) {
  const std::string word = nearest(wrong, known);
  return word.empty() ? "" : " Did you mean '" + word + "'?";
}

}  // namespace heat
