#include "measure.h"

#include <sys/resource.h>

#include <chrono>
#include <fstream>

namespace heat::bench {

namespace {

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Lets the kernel's high-water mark start again from what is held now (proc(5), clear_refs).
void forget_peak() { std::ofstream("/proc/self/clear_refs") << "5"; }

double peak_mib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
  return 0;
}

}  // namespace

Measure measure(const std::function<void()>& work) {
  forget_peak();
  const double cpu_before = cpu_seconds();
  const auto began = std::chrono::steady_clock::now();
  work();
  Measure result;
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  result.cpu_seconds = cpu_seconds() - cpu_before;
  result.peak_mib = peak_mib();
  return result;
}

}  // namespace heat::bench
