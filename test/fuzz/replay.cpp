// Without libFuzzer: feeds every file of the folders given, and for so many seconds mutants of
// them: replay SECONDS FOLDER...
#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/random.h"
#include "fuzz/fuzz.h"

namespace heat::fuzz {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> inputs_in(const std::vector<fs::path>& folders) {
  std::vector<fs::path> files;
  for (const fs::path& folder : folders)
    if (fs::is_directory(folder))
      for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  std::ranges::sort(files);
  std::vector<std::string> inputs;
  for (const fs::path& file : files) {
    std::ifstream in(file, std::ios::binary);
    inputs.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return inputs;
}

/// `input` with a few bytes changed, left out or doubled, or a piece of `other` put in.
std::string mutant(std::string input, const std::string& other, Random& random) {
  for (std::uint64_t change = 1 + random.below(4); change > 0; --change) {
    const std::size_t at = random.below(input.size() + 1);
    const std::size_t length = random.below(std::min<std::size_t>(input.size() - at, 40) + 1);
    switch (random.below(4)) {
      case 0:
        if (at < input.size()) input[at] = static_cast<char>(random.below(256));
        break;
      case 1:
        input.erase(at, length);
        break;
      case 2:
        input.insert(at, input.substr(at, length));
        break;
      default: {
        const std::size_t from = random.below(other.size() + 1);
        input.insert(at, other.substr(from, 1 + random.below(40)));
      }
    }
  }
  return input;
}

std::string fed;  ///< the last input

/// An input that fails is shown, so that it can be kept.
void show_fed(int) {
  std::fwrite(fed.data(), 1, fed.size(), stderr);
  std::fputs("\n", stderr);
}

void feed_next(std::string input) {
  fed = std::move(input);
  feed(fed);
}

int run(double seconds, const std::vector<fs::path>& folders) {
  const std::vector<std::string> inputs = inputs_in(folders);
  for (const int failure : {SIGABRT, SIGSEGV}) std::signal(failure, show_fed);
  for (const std::string& input : inputs) feed_next(input);
  SeededRandom random(1);
  std::size_t mutants = 0;
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  for (; !inputs.empty() && std::chrono::steady_clock::now() < end; ++mutants)
    feed_next(
        mutant(inputs[random.below(inputs.size())], inputs[random.below(inputs.size())], random));
  std::printf("%zu inputs and %zu mutants\n", inputs.size(), mutants);
  return inputs.empty() ? 1 : 0;
}

}  // namespace
}  // namespace heat::fuzz

int main(int argc, char** argv) {
  return heat::fuzz::run(std::atof(argv[1]), {argv + std::min(2, argc), argv + argc});
}
