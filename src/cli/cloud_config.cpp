#include "cli/cloud_config.h"

#include <cstdlib>
#include <filesystem>
#include <vector>

#include "base/diagnostics.h"
#include "base/error.h"
#include "cli/bundle.h"
#include "cli/table.h"
#include "text/document.h"

namespace heat::cli {

namespace fs = std::filesystem;

namespace {

constexpr const char* kVariables[] = {"auth_url",
                                      "username",
                                      "user_id",
                                      "password",
                                      "user_domain_id",
                                      "user_domain_name",
                                      "project_id",
                                      "project_name",
                                      "project_domain_id",
                                      "project_domain_name",
                                      "token",
                                      "application_credential_id",
                                      "application_credential_name",
                                      "application_credential_secret",
                                      "region_name",
                                      "interface",
                                      "cacert",
                                      "cert",
                                      "key",
                                      "insecure"};

std::string variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value ? value : "";
}

std::string upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

/// Where the original's clients look, in their order.
std::vector<fs::path> config_files() {
  std::vector<fs::path> files;
  if (const std::string named = variable("OS_CLIENT_CONFIG_FILE"); !named.empty())
    files.emplace_back(named);
  files.emplace_back("clouds.yaml");
  if (const std::string home = variable("HOME"); !home.empty())
    files.push_back(fs::path(home) / ".config/openstack/clouds.yaml");
  files.emplace_back("/etc/openstack/clouds.yaml");
  return files;
}

/// `over` laid over `under`, map by map.
Value merged(const Value& under, const Value& over) {
  if (!under.is_map() || !over.is_map()) return over.is_null() ? under : over;
  Map result = under.as_map();
  for (const auto& [key, value, kind] : over.as_map()) result.set(key, merged(under[key], value));
  return result;
}

/// The entries of the first clouds.yaml there is, with the secrets of secure.yaml beside it.
Value read_clouds(std::string& file) {
  for (const fs::path& path : config_files()) {
    if (!fs::exists(path)) continue;
    file = path.string();
    Value clouds = Document::read(read_file(file), file).root()["clouds"];
    const fs::path secrets = path.parent_path() / "secure.yaml";
    if (fs::exists(secrets))
      clouds = merged(
          clouds, Document::read(read_file(secrets.string()), secrets.string()).root()["clouds"]);
    return clouds;
  }
  return Value();
}

std::string text_of(const Value& value) {
  if (value.is_bool()) return value.as_bool() ? "true" : "false";
  return one_line(value);
}

}  // namespace

CloudConfig CloudConfig::find(const std::string& cloud) {
  const std::string name = cloud.empty() ? variable("OS_CLOUD") : cloud;
  if (!name.empty()) {
    std::string file;
    const Value clouds = read_clouds(file);
    if (const Value* entry = clouds.find(name)) return of_entry(*entry);
    std::vector<std::string> known;
    if (clouds.is_map())
      for (const auto& [key, value, kind] : clouds.as_map()) known.push_back(key);
    throw Error(ErrorKind::HTTPBadRequest,
                file.empty() ? "There is no clouds.yaml to find the cloud '" + name + "' in."
                             : "There is no cloud '" + name + "' in " + file + "." +
                                   did_you_mean(name, known));
  }
  CloudConfig config;
  for (const char* key : kVariables)
    if (std::string value = variable("OS_" + upper(key)); !value.empty())
      config.settings_[key] = std::move(value);
  if (config.get("auth_url").empty())
    throw Error(
        ErrorKind::MissingCredentialError,
        "Which cloud? Name one of clouds.yaml with --os-cloud or OS_CLOUD, or set OS_AUTH_URL, "
        "OS_USERNAME, OS_PASSWORD and OS_PROJECT_NAME.");
  return config;
}

CloudConfig CloudConfig::of_entry(const Value& entry) {
  CloudConfig config;
  for (const auto* part : {&entry, &entry["auth"]})
    if (part->is_map())
      for (const auto& [key, value, kind] : part->as_map())
        if (!value.is_map() && !value.is_list()) config.settings_[key] = text_of(value);
  if (entry["verify"] == Value(false)) config.settings_["insecure"] = "true";
  return config;
}

std::string CloudConfig::get(const std::string& name, std::string otherwise) const {
  const auto found = settings_.find(name);
  return found == settings_.end() ? std::move(otherwise) : found->second;
}

bool CloudConfig::insecure() const {
  const std::string text = get("insecure");
  return text == "true" || text == "True" || text == "1";
}

}  // namespace heat::cli
