#include "engine/owner_id.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <system_error>
#include <vector>

namespace heat {

namespace {

// In this order within an id. The host is for people only: containers may share its name.
enum Part { Host, Boot, Space, Process, Began, Worker, Parts };

std::string first_word(const std::string& file) {
  std::string word;
  std::ifstream(file) >> word;
  return word;
}

std::string this_boot() { return first_word("/proc/sys/kernel/random/boot_id"); }

/// The process id namespace: "pid:[4026531836]" without the colon.
std::string this_space() {
  std::error_code unreadable;
  std::string link = std::filesystem::read_symlink("/proc/self/ns/pid", unreadable).string();
  std::erase(link, ':');
  return link;
}

/// In ticks since the boot; empty where there is no such process. A process that ended but was not
/// waited for is none.
std::string began(const std::string& process) {
  std::ifstream file("/proc/" + process + "/stat");
  const std::string stat{std::istreambuf_iterator<char>(file), {}};
  const auto name_end = stat.rfind(')');  // the name may hold anything
  if (name_end == std::string::npos) return "";
  std::istringstream rest(stat.substr(name_end + 1));
  const std::vector<std::string> fields{std::istream_iterator<std::string>(rest), {}};
  constexpr std::size_t kState = 0, kStartTime = 19;
  if (fields.size() <= kStartTime || fields[kState] == "Z" || fields[kState] == "X") return "";
  return fields[kStartTime];
}

}  // namespace

std::string owner_id_of(pid_t process, const std::string& host, const std::string& worker) {
  const std::string number = std::to_string(process);
  return host + ":" + this_boot() + ":" + this_space() + ":" + number + ":" + began(number) + ":" +
         worker;
}

std::string new_owner_id(const std::string& host, Random& random) {
  return owner_id_of(getpid(), host, random.uuid());
}

std::string worker_of(const std::string& owner) { return owner.substr(owner.rfind(':') + 1); }

bool is_dead(const std::string& owner) {
  std::vector<std::string> parts;
  std::istringstream text(owner);
  for (std::string part; std::getline(text, part, ':');) parts.push_back(part);
  if (parts.size() != Parts || std::ranges::any_of(parts, &std::string::empty)) return false;
  return parts[Boot] == this_boot() && parts[Space] == this_space() &&
         parts[Began] != began(parts[Process]);
}

}  // namespace heat
