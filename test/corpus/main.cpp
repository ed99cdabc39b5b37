// Holds our verdict on real templates against the original's: corpus [FOLDER] [--show N]. Prints
// counts by kind and depth, and what differs; exits 1 where something does that the list of meant
// differences does not explain, or where a line of the list explains nothing any more. With
// --beyond N: N of the findings that the original does not have, to be looked at.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "beyond.h"
#include "differences.h"
#include "file_verdict.h"
#include "index.h"
#include "reference_types.h"
#include "stack_verdict.h"
#include "types/types.h"

namespace heat::corpus {
namespace {

struct Counts {
  int same = 0, explained = 0, differ = 0, skipped = 0;
};

/// Compares verdicts, keeps count, and prints the differences that nothing explains.
class Comparison {
 public:
  Comparison(Differences& meant, int show) : meant_(meant), show_(show) {}

  /// True where this depth is to be judged.
  bool judges(const std::string& kind, const std::string& depth, const std::string& name) {
    if (!meant_.skips(depth, name)) return true;
    ++counts_[{kind, depth}].skipped;
    return false;
  }

  void compare(const std::string& kind, const std::string& depth, const std::string& name,
               const std::string& wanted, const Verdict& got, const std::string& recorded) {
    Counts& counts = counts_[{kind, depth}];
    if (got.word == wanted) {
      ++counts.same;
    } else if (meant_.explains(depth, name)) {
      ++counts.explained;
    } else {
      if (++counts.differ && ++differ_ <= show_)
        std::cout << depth << " " << name << "\n  recorded " << wanted << " " << recorded
                  << "\n  ours     " << got.word << " " << got.why << "\n";
    }
  }

  bool finish(bool whole) const {
    std::printf("%-14s %-7s %6s %10s %7s %11s\n", "kind", "depth", "same", "explained", "differ",
                "not judged");
    for (const auto& [key, counts] : counts_)
      std::printf("%-14s %-7s %6d %10d %7d %11d\n", key.first.c_str(), key.second.c_str(),
                  counts.same, counts.explained, counts.differ, counts.skipped);
    if (differ_ > show_) std::cout << differ_ - show_ << " more differ (--show N)\n";
    const auto unused = whole ? meant_.unused() : std::vector<std::string>();
    for (const std::string& line : unused)
      std::cout << "the list explains what differs no more: " << line << "\n";
    return differ_ == 0 && unused.empty();
  }

 private:
  Differences& meant_;
  int show_;
  int differ_ = 0;
  std::map<std::pair<std::string, std::string>, Counts> counts_;
};

void compare_file(const std::string& folder, const Row& row, const Registry& registry,
                  Comparison& comparison) {
  const std::string& name = row.at("path");
  const std::string& kind = row.at("kind");
  const bool environment = kind == "env";
  if (!comparison.judges(kind, "parse", name)) return;
  const std::string text = read_text(folder + "/" + name);
  const FileVerdict verdict =
      environment ? judge_environment(text, name) : judge_template(text, name, registry);
  const auto compare = [&](const std::string& depth, const Verdict& got) {
    comparison.compare(kind, depth, name, row.at(depth), got, row.at(depth + "_error"));
  };
  compare("parse", verdict.parse);
  const std::string& hash = row.at("parsed_json_sha256");
  if (!hash.empty() && verdict.parse.word == "OK")
    comparison.compare(kind, "hash", name, hash, {verdict.sha256, ""}, "");
  if (environment || row.at("parse") != "OK") return;
  if (comparison.judges(kind, "static", name)) compare("static", verdict.fixed);
  if (row.at("static") == "OK" && comparison.judges(kind, "defs", name))
    compare("defs", verdict.defs);
}

void compare_stack(const std::string& folder, const Row& row, const Registry& registry,
                   Comparison& comparison) {
  const std::string name = row.at("tree") + "/" + row.at("template");
  if (!comparison.judges("stack", "client", name)) return;
  const StackVerdict verdict = judge_stack(folder, row, registry);
  comparison.compare("stack", "client", name, row.at("client"), verdict.client, "");
  if (row.at("client") == "OK" && comparison.judges("stack", "whole", name))
    comparison.compare("stack", "whole", name, row.at("verdict"), verdict.whole, row.at("error"));
}

/// A sample of what we find beyond the original, from all over the collection.
void show_beyond(const std::string& folder, const Registry& registry, std::size_t most) {
  std::vector<std::string> all;
  for (const Row& row : read_table(folder + "/index.tsv")) {
    if (row.at("defs") != "OK") continue;
    const std::string& name = row.at("path");
    for (std::string& finding : findings_beyond(read_text(folder + "/" + name), name, registry))
      all.push_back(std::move(finding));
  }
  std::cout << all.size() << " findings beyond the original's\n";
  const std::size_t step = std::max<std::size_t>(1, all.size() / std::max<std::size_t>(1, most));
  for (std::size_t i = 0; i < all.size(); i += step) std::cout << all[i] << "\n";
}

int run(const std::string& folder, int show, int beyond) {
  namespace fs = std::filesystem;
  if (!fs::exists(folder + "/index.tsv")) {
    std::cout << "corpus: skipped, there is no collection at " << folder << "\n";
    return 0;
  }
  Registry registry;
  register_types(registry);
  add_reference_types(registry, HEAT_REFERENCE);
  if (beyond > 0) {
    show_beyond(folder, registry, static_cast<std::size_t>(beyond));
    return 0;
  }
  Differences meant(HEAT_DIFFERENCES);
  Comparison comparison(meant, show);
  for (const Row& row : read_table(folder + "/index.tsv"))
    compare_file(folder, row, registry, comparison);
  if (fs::exists(folder + "/stacks.tsv"))
    for (const Row& row : read_table(folder + "/stacks.tsv"))
      compare_stack(folder, row, registry, comparison);
  const bool whole = fs::exists(HEAT_CORPUS) && fs::equivalent(folder, HEAT_CORPUS);
  return comparison.finish(whole) ? 0 : 1;
}

}  // namespace
}  // namespace heat::corpus

int main(int argc, char** argv) {
  std::string folder = HEAT_CORPUS;
  int show = 50, beyond = 0;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--show" && i + 1 < argc)
      show = std::atoi(argv[++i]);
    else if (argument == "--beyond" && i + 1 < argc)
      beyond = std::atoi(argv[++i]);
    else
      folder = argument;
  }
  try {
    return heat::corpus::run(folder, show, beyond);
  } catch (const heat::Error& error) {
    std::cerr << "corpus: " << error.what() << "\n";
    return 2;
  }
}
