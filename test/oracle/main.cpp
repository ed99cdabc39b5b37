// Judges recorded cases of the original's template evaluation: oracle CASES [--show N] [--accepted
// FILE]. Prints counts by topic and the ids that differ; exits 1 where one differs that the list of
// accepted differences does not name.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "judge.h"
#include "types/types.h"

namespace heat::oracle {
namespace {

struct Counts {
  int same = 0, accepted = 0, differ = 0, skipped = 0;
};

/// Lines of "id reason" or "area/* reason"; '#' begins a comment.
std::map<std::string, std::string> read_list(const std::string& file) {
  std::map<std::string, std::string> list;
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t space = line.find(' ');
    if (line.empty() || line.front() == '#' || space == std::string::npos) continue;
    list[line.substr(0, space)] = line.substr(space + 1);
  }
  return list;
}

int run(const std::string& cases, const std::string& folder, int show) {
  if (!std::filesystem::exists(cases)) {
    std::cout << "oracle: skipped, there are no recorded cases at " << cases << "\n";
    return 0;
  }
  const auto accepted = read_list(folder + "/accepted.txt");
  const auto topics = read_list(folder + "/skipped.txt");
  Registry registry;
  register_types(registry);
  std::map<std::string, Counts> counts;
  std::map<std::string, std::string> skipped;
  std::map<std::string, int> reasons;
  Counts total;
  for (const Case& one : read_cases(cases)) {
    Counts& count = counts[one.topic];
    const std::string area = one.topic.substr(0, one.topic.find('/')) + "/*";
    const auto skip = topics.contains(area) ? topics.find(area) : topics.find(one.topic);
    if (skip != topics.end() || topics.contains(one.id)) {
      skipped[skip != topics.end() ? skip->first : one.id] =
          skip != topics.end() ? skip->second : topics.at(one.id);
      ++count.skipped, ++total.skipped;
      continue;
    }
    const Verdict verdict = judge(one, registry);
    if (verdict.kind == Verdict::Kind::Same) {
      ++count.same, ++total.same;
    } else if (verdict.kind == Verdict::Kind::Skipped) {
      ++reasons[verdict.detail];
      ++count.skipped, ++total.skipped;
    } else if (accepted.contains(one.id)) {
      ++count.accepted, ++total.accepted;
    } else {
      ++count.differ, ++total.differ;
      if (total.differ <= show) std::cout << one.id << ": " << verdict.detail << "\n";
    }
  }
  std::printf("%-36s %6s %9s %7s %8s\n", "topic", "same", "accepted", "differ", "skipped");
  for (const auto& [topic, count] : counts)
    std::printf("%-36s %6d %9d %7d %8d\n", topic.c_str(), count.same, count.accepted, count.differ,
                count.skipped);
  std::printf("%-36s %6d %9d %7d %8d\n", "all", total.same, total.accepted, total.differ,
              total.skipped);
  for (const auto& [name, reason] : skipped)
    std::cout << "skipped " << name << ": " << reason << "\n";
  for (const auto& [reason, times] : reasons)
    std::cout << "skipped " << times << " single cases: " << reason << "\n";
  return total.differ == 0 ? 0 : 1;
}

}  // namespace
}  // namespace heat::oracle

int main(int argc, char** argv) {
  std::string cases = HEAT_ORACLE_CASES;
  int show = 50;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--show" && i + 1 < argc)
      show = std::atoi(argv[++i]);
    else
      cases = argument;
  }
  return heat::oracle::run(cases, HEAT_ORACLE_FOLDER, show);
}
