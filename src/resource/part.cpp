#include "resource/part.h"

#include <algorithm>

#include "base/diagnostics.h"
#include "base/error.h"

namespace heat {

Part::Part(std::shared_ptr<const Document> document)
    : document_(std::move(document)), value_(document_->root()) {}

Part::Part(std::shared_ptr<const Document> document, Path path, Value value)
    : document_(std::move(document)), path_(std::move(path)), value_(std::move(value)) {}

Part Part::operator[](std::string_view key) const {
  if (!present()) return {};
  if (!value_.is_map()) fail("must be a map");
  const Value* member = value_.find(key);
  if (member == nullptr) return {};
  Path path = path_;
  path.emplace_back(key);
  return Part(document_, std::move(path), *member);
}

std::vector<std::pair<std::string, Part>> Part::entries() const {
  std::vector<std::pair<std::string, Part>> all;
  if (!present()) return all;
  if (!value_.is_map()) fail("must be a map");
  for (const auto& entry : value_.as_map()) {
    Path path = path_;
    path.push_back(entry.key);
    Part part(document_, std::move(path), entry.value);
    if (entry.key_kind != Value::Kind::String) part.fail("the key must be a text: quote it");
    all.emplace_back(entry.key, std::move(part));
  }
  return all;
}

std::vector<Part> Part::items() const {
  std::vector<Part> all;
  if (!present()) return all;
  if (!value_.is_list()) return {*this};
  for (std::size_t i = 0; i < value_.as_list().size(); ++i) {
    Path path = path_;
    path.push_back(std::to_string(i));
    all.push_back(Part(document_, std::move(path), value_.as_list()[i]));
  }
  return all;
}

std::string Part::text(std::string_view otherwise) const {
  if (!present()) return std::string(otherwise);
  if (!value_.is_string()) fail("must be a text, not a " + std::string(value_.kind_name()));
  return value_.as_string();
}

bool Part::flag(bool otherwise) const {
  if (!present()) return otherwise;
  if (!value_.is_bool()) fail("must be true or false");
  return value_.as_bool();
}

std::int64_t Part::number(std::int64_t otherwise) const {
  if (!present()) return otherwise;
  if (!value_.is_int()) fail("must be an integer");
  return value_.as_int();
}

std::vector<std::string> Part::words() const {
  std::vector<std::string> all;
  for (const Part& item : items()) all.push_back(item.text());
  return all;
}

std::string Part::choice(std::initializer_list<std::string_view> choices,
                         std::string_view otherwise) const {
  std::string word = text(otherwise);
  if (!present() || std::ranges::find(choices, word) != choices.end()) return word;
  std::string all;
  for (auto choice : choices) all += (all.empty() ? "" : ", ") + std::string(choice);
  fail("'" + word + "' is none of " + all);
}

void Part::only(const std::set<std::string>& keys) const {
  for (const auto& [key, part] : entries())
    if (!keys.contains(key))
      part.fail("unknown key '" + key + "'." + did_you_mean(key, {keys.begin(), keys.end()}));
}

void Part::fail(const std::string& what) const {
  Error error(ErrorKind::InvalidSchemaError, what, path_);
  if (!document_) throw error;
  const auto position = document_->position(path_);
  Error placed(ErrorKind::InvalidSchemaError, (position ? position->str() : document_->file()) +
                                                  ": " + to_string(path_) + ": " + what);
  if (position) placed.at(*position);
  throw placed;
}

}  // namespace heat
