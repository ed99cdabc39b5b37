// Reads real templates of a collection and compares what we make of each alone (version, sections,
// parameters) with the recorded verdict: corpus FOLDER. Prints counts and the files that differ.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

#include "template/check.h"

namespace heat::oracle {
namespace {

std::map<std::string, std::string> row(const std::vector<std::string>& names,
                                       const std::string& line) {
  std::map<std::string, std::string> result;
  std::istringstream in(line);
  std::size_t i = 0;
  for (std::string field; i < names.size() && std::getline(in, field, '\t'); ++i)
    result[names[i]] = field;
  return result;
}

/// The kind of the first problem, or "OK".
std::string verdict(const std::string& file, std::string& why) {
  std::ifstream in(file);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  Diagnostics problems, checked;
  Questions questions;
  try {
    const auto tmpl = Template::parse(text, file, 524288, problems);
    const auto parameters = Parameters::resolve(*tmpl, {}, {"s", "i", "p", "r"}, checked, questions,
                                                Parameters::Values::Optional);
    check_template(TemplateScope(tmpl, parameters, Map{}), checked);
    for (const Diagnostic& problem : checked.all())
      if (!problem.path.empty() && problem.path.front() == "parameter_groups")
        problems.all().push_back(problem);
    problems.raise();
    return "OK";
  } catch (const Error& error) {
    why = error.what();
    return std::string(error.kind_name());
  }
}

int run(const std::string& folder) {
  std::ifstream index(folder + "/index.tsv");
  if (!index) {
    std::cout << "corpus: skipped, there is no collection at " << folder << "\n";
    return 0;
  }
  std::string line;
  std::getline(index, line);
  std::vector<std::string> names;
  std::istringstream head(line);
  for (std::string name; std::getline(head, name, '\t');) names.push_back(name);
  int same = 0, other_kind = 0, differ = 0;
  while (std::getline(index, line)) {
    auto entry = row(names, line);
    if (entry["kind"] != "hot") continue;
    const std::string wanted = entry["parse"] == "OK" ? entry["static"] : entry["parse"];
    std::string why;
    const std::string got = verdict(folder + "/" + entry["path"], why);
    if (got == wanted) {
      ++same;
    } else if (got != "OK" && wanted != "OK") {
      ++other_kind;
    } else {
      ++differ;
      std::cout << entry["path"] << ": wanted " << wanted << " " << entry["static_error"]
                << "; got " << got << " " << why << "\n";
    }
  }
  std::printf("%d alike, %d refused as another kind, %d differ\n", same, other_kind, differ);
  return 0;
}

}  // namespace
}  // namespace heat::oracle

int main(int argc, char** argv) { return heat::oracle::run(argc > 1 ? argv[1] : HEAT_CORPUS); }
