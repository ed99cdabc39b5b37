// The time of yaql expressions: yaql_bench CASES.jsonl PASSES. Prints the microseconds that one
// pass over all cases takes, parsing and evaluating each as a template does.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <vector>

#include "text/write.h"
#include "yaql/yaql.h"

int main(int argc, char** argv) {
  using namespace heat;
  if (argc != 3) return 2;
  std::vector<Value> cases;
  std::ifstream file(argv[1]);
  for (std::string line; std::getline(file, line);) cases.push_back(from_json(line));
  const int passes = std::atoi(argv[2]);
  std::size_t failed = 0;
  const auto begin = std::chrono::steady_clock::now();
  for (int pass = 0; pass < passes; ++pass)
    for (const Value& one : cases) try {
        yaql::evaluate(one["expression"].as_string(), one["data"]);
      } catch (const yaql::Failure&) {
        ++failed;
      }
  const std::chrono::duration<double, std::micro> spent = std::chrono::steady_clock::now() - begin;
  std::printf("%.1f %zu %zu\n", spent.count() / passes, cases.size(), failed / passes);
}
