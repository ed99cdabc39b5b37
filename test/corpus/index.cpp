#include "index.h"

#include <fstream>
#include <iterator>
#include <sstream>

#include "base/error.h"

namespace heat::corpus {

namespace {

std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream in(line);
  for (std::string field; std::getline(in, field, '\t');) fields.push_back(field);
  return fields;
}

std::ifstream opened(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Error(ErrorKind::NotFound, "Can't read " + file + ".");
  return in;
}

}  // namespace

std::vector<Row> read_table(const std::string& file) {
  std::ifstream in = opened(file);
  std::string line;
  std::getline(in, line);
  const std::vector<std::string> names = fields_of(line);
  std::vector<Row> rows;
  while (std::getline(in, line)) {
    const std::vector<std::string> fields = fields_of(line);
    Row& row = rows.emplace_back();
    for (std::size_t i = 0; i < names.size(); ++i)
      row[names[i]] = i < fields.size() ? fields[i] : "";
  }
  return rows;
}

std::string read_text(const std::string& file) {
  std::ifstream in = opened(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace heat::corpus
