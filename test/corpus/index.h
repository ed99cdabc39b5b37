#pragma once

#include <map>
#include <string>
#include <vector>

namespace heat::corpus {

/// A line of a table: column → field.
using Row = std::map<std::string, std::string>;

/// The lines of a file of tab-separated fields, named by its first line. Throws Error where there
/// is no such file.
std::vector<Row> read_table(const std::string& file);

std::string read_text(const std::string& file);

}  // namespace heat::corpus
