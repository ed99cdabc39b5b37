// What the original made of thousands of real templates and of the oracle's documents. The data
// lies beside the repository; without it these tests are skipped.
#include <gtest/gtest.h>
#include <openssl/sha.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/error.h"
#include "text/document.h"
#include "text/write.h"

namespace heat {
namespace {

namespace fs = std::filesystem;

std::optional<fs::path> shared(const char* folder) {
  const char* root = std::getenv("HEAT_SHARED");
  if (!root || !fs::exists(fs::path(root) / folder)) return std::nullopt;
  return fs::path(root) / folder;
}

std::string contents(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

std::string sha256(const std::string& text) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
  std::string hex;
  for (const unsigned char byte : digest) {
    char two[3];
    std::snprintf(two, sizeof two, "%02x", byte);
    hex += two;
  }
  return hex;
}

std::vector<std::string> columns(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream stream(line);
  for (std::string field; std::getline(stream, field, '\t');) fields.push_back(field);
  return fields;
}

/// A document that is a map, as both kinds of text must be; an empty one is an empty map.
std::optional<Value> read_map(const std::string& text, bool environment) {
  try {
    const Document document =
        environment ? Document::read_yaml(text, "") : Document::read(text, "");
    if (document.root().is_null()) return Value(Map{});
    if (document.root().is_map()) return document.root();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::HTTPBadRequest);
    EXPECT_TRUE(error.position()) << error.what();
  }
  return std::nullopt;
}

TEST(Corpus, RealTemplatesReadAsInTheOriginal) {
  const auto corpus = shared("corpus");
  if (!corpus) GTEST_SKIP() << "no ../shared/corpus";
  enum Column { File = 0, Kind = 5, Verdict = 13, Problem = 14, Hash = 15 };
  std::ifstream index(*corpus / "index.tsv");
  std::string line;
  std::getline(index, line);
  std::size_t files = 0;
  while (std::getline(index, line)) {
    const std::vector<std::string> row = columns(line);
    const auto value = read_map(contents(*corpus / row.at(File)), row.at(Kind) == "env");
    // The original's verdict goes on to look for a version, or for empty sections.
    const bool looked_further = row[Problem].find("version not found") != std::string::npos ||
                                row[Problem].find("empty section") != std::string::npos ||
                                row[Problem].find("wrong section") != std::string::npos;
    EXPECT_EQ(value.has_value(), row[Verdict] == "OK" || looked_further)
        << row[File] << ": " << row[Problem];
    if (value && row.size() > Hash && !row[Hash].empty())
      EXPECT_EQ(sha256(to_canonical_json(*value)), row[Hash]) << row[File];
    ++files;
  }
  EXPECT_GT(files, 4000U);
}

/// The oracle's JSON spells what JSON can't.
Value spelled(const Value& value) {
  if (value.is_list()) {
    List list;
    for (const Value& item : value.as_list()) list.push_back(spelled(item));
    return Value(std::move(list));
  }
  if (!value.is_map()) return value;
  if (const Value* number = value.find("$float"))
    return from_json(number->as_string() == "nan"   ? "NaN"
                     : number->as_string() == "inf" ? "Infinity"
                                                    : "-Infinity");
  Map map;
  if (const Value* pairs = value.find("$map")) {
    for (const Value& pair : pairs->as_list())
      map.set(to_python_str(pair[0]), spelled(pair[1]), pair[0].kind());
    return Value(std::move(map));
  }
  for (const Map::Entry& entry : value.as_map()) map.set(entry.key, spelled(entry.value));
  return Value(std::move(map));
}

std::size_t check_oracle_file(const fs::path& file) {
  std::size_t cases = 0;
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    const Value example = from_json(line);
    if (example["want"] != Value("parse") || example.find("pad_to")) continue;
    ++cases;
    const auto value = read_map(example["template"].as_string(), false);
    const Value& expect = example["expect"];
    const std::string problem = expect["error"]["message"].string_or("");
    if (expect.find("parsed_self_referencing")) {
      EXPECT_FALSE(value) << line;
    } else if (const Value* parsed = expect.find("parsed")) {
      EXPECT_TRUE(value) << line;
      if (value) EXPECT_EQ(to_python_str(*value), to_python_str(spelled(*parsed))) << line;
    } else {
      // Only the original tells JSON's null, which is no map, from YAML's, which is an empty one.
      const bool null = value && value->as_map().empty();
      EXPECT_TRUE(null || value.has_value() == (problem == "Template format version not found."))
          << line;
    }
  }
  return cases;
}

TEST(Oracle, DocumentsReadAsInTheOriginal) {
  const auto oracle = shared("oracle");
  if (!oracle) GTEST_SKIP() << "no ../shared/oracle";
  EXPECT_GT(check_oracle_file(*oracle / "yaml" / "documents.jsonl"), 90U);
  EXPECT_GT(check_oracle_file(*oracle / "yaml" / "scalars.jsonl"), 140U);
}

}  // namespace
}  // namespace heat
