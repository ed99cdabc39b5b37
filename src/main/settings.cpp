#include "main/settings.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/error.h"
#include "main/assignments.h"
#include "main/ini_file.h"
#include "main/option.h"

namespace heat {

namespace {

std::string read_file(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (!stream.is_open() || stream.bad())
    throw Error(ErrorKind::NotFound, "The configuration " + file + " can't be read.");
  return text;
}

/// A service of which nothing special is said is called as all are: by the [clients] option of the
/// name, where there is one.
const Option* general_option(const std::vector<Option>& all, const Option& special) {
  if (!special.group.starts_with("clients_")) return nullptr;
  const auto found = std::ranges::find_if(all, [&](const Option& option) {
    return option.group == "clients" && option.name == special.name;
  });
  return found == all.end() ? nullptr : &*found;
}

std::string commented(const std::string& value) { return value.empty() ? "" : " " + value; }

}  // namespace

const ClientSettings& Settings::client(const std::string& service) const {
  const auto found = client_of.find(service);
  return found == client_of.end() ? clients : found->second;
}

std::string Settings::log_path() const {
  if (log_dir.empty()) return log_file;
  return std::filesystem::path(log_dir) / (log_file.empty() ? "heat.log" : log_file);
}

std::string Settings::database_file() const {
  if (database_connection.empty()) return "";
  constexpr std::string_view scheme = "sqlite:///";
  if (database_connection.starts_with(scheme) && database_connection.size() > scheme.size())
    return database_connection.substr(scheme.size());
  throw Error(ErrorKind::ValueError,
              "[database] connection must name an SQLite file, as in "
              "sqlite:////var/lib/heat/heat.sqlite; other databases are not supported yet.");
}

Variables process_environment() {
  Variables environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    const auto sign = text.find('=');
    if (sign != std::string::npos) environment[text.substr(0, sign)] = text.substr(sign + 1);
  }
  return environment;
}

Settings load_settings(const std::string& file, const Variables& environment) {
  std::vector<IniEntry> entries;
  if (!file.empty()) entries = read_ini(read_file(file), file);
  Settings settings;
  const std::vector<Option> all = options(settings);
  const Assignments assignments(all, entries, environment);
  for (const Option& option : all) {
    if (assignments.apply(option)) continue;
    if (const Option* general = general_option(all, option)) option.set(general->text());
  }
  return settings;
}

std::string sample_settings() {
  Settings defaults;
  std::string text, group;
  for (const Option& option : options(defaults)) {
    if (option.group != group) {
      group = option.group;
      text += (text.empty() ? "[" : "\n[") + group + "]\n";
    }
    text += "\n# " + option.doc + " (" + option.type() + ")\n#" + option.name + " =" +
            commented(option.text()) + "\n";
  }
  return text;
}

}  // namespace heat
