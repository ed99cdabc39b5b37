#include "cli/bundle.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/utf8.h"
#include "text/write.h"

namespace heat::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kScheme = "file://";

bool names_template(std::string_view text) {
  return text.ends_with(".yaml") || text.ends_with(".template");
}

bool remote(std::string_view name) {
  return name.starts_with("http://") || name.starts_with("https://");
}

std::string folder_of(const std::string& file) {
  return fs::absolute(file).parent_path().lexically_normal().string();
}

std::string local_path(const std::string& name, const std::string& folder) {
  if (name.starts_with(kScheme)) return name.substr(kScheme.size());
  return (fs::path(folder) / name).lexically_normal().string();
}

}  // namespace

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in || fs::is_directory(path))
    throw Error(ErrorKind::HTTPBadRequest,
                "Can't read " + path + ": " +
                    (fs::is_directory(path) ? "it is a folder" : std::strerror(errno)) + ".");
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

Bundle Bundle::read(const std::string& template_file,
                    const std::vector<std::string>& environment_files) {
  Bundle bundle;
  bundle.document_ = Document::read(read_file(template_file), template_file);
  bundle.template_ = bundle.with_files(bundle.document_->root(), folder_of(template_file));
  for (const std::string& file : environment_files) bundle.add_environment(file);
  return bundle;
}

Bundle Bundle::read_environments(const std::vector<std::string>& environment_files) {
  Bundle bundle;
  for (const std::string& file : environment_files) bundle.add_environment(file);
  return bundle;
}

void Bundle::add_environment(const std::string& file) {
  const Document document = Document::read(read_file(file), file);
  Value content = document.root().is_null() ? Value(Map()) : document.root();
  if (!content.is_map())
    throw Error(ErrorKind::HTTPBadRequest,
                file + " is no environment: that is a map with sections such as parameters.");
  if (const Value* registry = content.find("resource_registry")) {
    const std::string base = (*registry)["base_url"].string_or("");
    const std::string folder = base.empty() ? folder_of(file) : local_path(base, folder_of(file));
    Map changed = content.as_map();
    changed.set("resource_registry", with_files(*registry, folder));
    content = std::move(changed);
  }
  const std::string name = std::string(kScheme) + fs::absolute(file).lexically_normal().string();
  files_.set(name, to_json(content));
  environment_names_.push_back(name);
}

/// `node` with the names of files in it made absolute, and the files added. In a template these are
/// the values of get_file and type; in a registry any value that names a template.
Value Bundle::with_files(const Value& node, const std::string& folder) {
  if (node.is_list()) {
    List items;
    for (const Value& item : node.as_list()) items.push_back(with_files(item, folder));
    return items;
  }
  if (!node.is_map()) return node;
  Map changed;
  for (const auto& [key, value, kind] : node.as_map()) {
    const bool text = value.is_string() && !remote(value.string_or(""));
    const bool nested = text && key != "base_url" && names_template(value.as_string());
    if (text && key == "get_file")
      changed.set(key, add_file(value.as_string(), folder, false), kind);
    else if (nested && (key == "type" || key.find("::") != key.npos || key.ends_with("*")))
      changed.set(key, add_file(value.as_string(), folder, true), kind);
    else
      changed.set(key, with_files(value, folder), kind);
  }
  return changed;
}

std::string Bundle::add_file(const std::string& name, const std::string& folder, bool is_template) {
  const std::string path = local_path(name, folder);
  const std::string url = std::string(kScheme) + path;
  if (files_.contains(url)) return url;
  std::string content = read_file(path);
  if (is_template) {
    files_.set(url, "");  // a template that names itself is not read for ever
    content = to_json(with_files(Document::read(content, path).root(), folder_of(path)));
  } else if (!is_utf8(content)) {
    throw Error(ErrorKind::HTTPBadRequest, path + " is not UTF-8 text; get_file takes text only.");
  }
  files_.set(url, std::move(content));
  return url;
}

}  // namespace heat::cli
