#include "cli/bundle.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "async/sync_wait.h"
#include "base/utf8.h"
#include "net/asio_loop.h"
#include "net/curl_http.h"
#include "net/download.h"
#include "net/url.h"
#include "text/write.h"

namespace heat::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kScheme = "file://";
constexpr std::size_t kLargestDownload = 16 << 20;

bool names_template(std::string_view text) {
  return text.ends_with(".yaml") || text.ends_with(".template");
}

bool has_scheme(std::string_view name) {
  return name.starts_with(kScheme) || name.starts_with("http://") || name.starts_with("https://");
}

std::string url_of(const std::string& file) {
  return std::string(kScheme) + fs::absolute(file).lexically_normal().string();
}

/// The folder that a file's URL lies in, itself a URL that ends in a slash.
std::string folder_of(const std::string& url) { return url.substr(0, url.rfind('/') + 1); }

/// A name as it stands in a file of `folder`, as a URL.
std::string resolved(const std::string& name, const std::string& folder) {
  if (has_scheme(name)) return name;
  if (folder.starts_with(kScheme)) {
    const fs::path path = fs::path(folder.substr(kScheme.size())) / name;
    return std::string(kScheme) + path.lexically_normal().string();
  }
  const auto base = split_url(folder);
  if (!base) return name;
  const std::string origin = folder.substr(0, folder.find('/', folder.find("://") + 3));
  return origin + (fs::path(base->path) / name).lexically_normal().string();
}

/// The path of a local file, else the URL.
std::string path_of(const std::string& url) {
  return url.starts_with(kScheme) ? url.substr(kScheme.size()) : url;
}

/// The nested template that a path leads into ("resources", "web<URL>", …), the innermost one, and
/// the rest of the path within it.
std::pair<std::string, Path> innermost(const Path& path) {
  for (auto step = path.rbegin(); step != path.rend(); ++step) {
    const std::size_t open = step->find('<');
    if (open != step->npos && step->ends_with('>'))
      return {step->substr(open + 1, step->size() - open - 2), Path(step.base(), path.end())};
  }
  return {};
}

/// A document that says which version of the template language it is in.
bool is_template(const std::string& text) {
  try {
    const Value root = Document::read(text, "").root();
    return root.is_map() && (root.find("heat_template_version") != nullptr ||
                             root.find("HeatTemplateFormatVersion") != nullptr ||
                             root.find("AWSTemplateFormatVersion") != nullptr);
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

std::string read_url(const std::string& url) {
  AsioLoop loop;
  CurlOptions options;
  options.response_limit = kLargestDownload;
  CurlHttp http(loop, std::move(options));
  return sync_wait(loop, download(http, loop, url, {.bytes = kLargestDownload}));
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in || fs::is_directory(path))
    throw Error(ErrorKind::HTTPBadRequest,
                "Can't read " + path + ": " +
                    (fs::is_directory(path) ? "it is a folder" : std::strerror(errno)) + ".");
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

Bundle Bundle::read(const std::string& template_file,
                    const std::vector<std::string>& environment_files, ReadUrl read_url) {
  Bundle bundle(std::move(read_url));
  bundle.document_ = Document::read(read_file(template_file), template_file);
  bundle.template_ = bundle.with_files(bundle.document_->root(), folder_of(url_of(template_file)));
  for (const std::string& file : environment_files) bundle.add_environment(file);
  return bundle;
}

Bundle Bundle::read_environments(const std::vector<std::string>& environment_files,
                                 ReadUrl read_url) {
  Bundle bundle(std::move(read_url));
  for (const std::string& file : environment_files) bundle.add_environment(file);
  return bundle;
}

void Bundle::add_environment(const std::string& file) {
  const Document document = Document::read(read_file(file), file);
  Value content = document.root().is_null() ? Value(Map()) : document.root();
  if (!content.is_map())
    throw Error(ErrorKind::HTTPBadRequest,
                file + " is no environment: that is a map with sections such as parameters.");
  const std::string name = url_of(file);
  if (const Value* registry = content.find("resource_registry")) {
    Map changed = content.as_map();
    changed.set("resource_registry", with_registry(*registry, folder_of(name)));
    content = std::move(changed);
  }
  environments_.insert_or_assign(name, document);
  files_.set(name, to_json(content));
  environment_names_.push_back(name);
}

void Bundle::leave_out(const Map& parameters) {
  for (const std::string& name : environment_names_) {
    Map content = from_json(files_.find(name)->as_string()).as_map();
    const Value* given = content.find("parameters");
    if (given == nullptr || !given->is_map()) continue;
    Map left = given->as_map();
    for (const auto& [parameter, value, kind] : parameters) left.erase(parameter);
    content.set("parameters", std::move(left));
    files_.set(name, to_json(content));
  }
}

/// A registry with the names of files in it made absolute, and the files added: whatever a type is
/// mapped to that is no type itself.
Value Bundle::with_registry(const Value& registry, const std::string& folder) {
  if (!registry.is_map()) return registry;
  const std::string base = registry["base_url"].string_or("");
  const std::string from = base.empty() ? folder : resolved(base, folder) + "/";
  Map changed;
  for (const auto& [key, value, kind] : registry.as_map()) {
    const std::string text = value.string_or("");
    const bool word = key == "base_url" || key == "hooks" || key == "restricted_actions";
    const bool file = !text.empty() && text.find("::") == text.npos;
    if (value.is_map())
      changed.set(key, with_registry(value, from), kind);
    else if (file && !word)
      changed.set(key, add_file(text, from, true), kind);
    else
      changed.set(key, value, kind);
  }
  return changed;
}

/// A part of a template with the names of files in it made absolute, and the files added: what
/// get_file names, and types that are templates.
Value Bundle::with_files(const Value& node, const std::string& folder) {
  if (node.is_list()) {
    List items;
    for (const Value& item : node.as_list()) items.push_back(with_files(item, folder));
    return items;
  }
  if (!node.is_map()) return node;
  Map changed;
  for (const auto& [key, value, kind] : node.as_map()) {
    if (value.is_string() && key == "get_file")
      changed.set(key, add_file(value.as_string(), folder, false), kind);
    else if (value.is_string() && key == "type" && names_template(value.as_string()))
      changed.set(key, add_file(value.as_string(), folder, true), kind);
    else
      changed.set(key, with_files(value, folder), kind);
  }
  return changed;
}

std::string Bundle::add_file(const std::string& name, const std::string& folder,
                             bool may_be_template) {
  const std::string url = resolved(name, folder);
  if (files_.contains(url)) return url;
  std::string content = contents(url);
  if (may_be_template && is_template(content)) {
    files_.set(url, "");  // a template that names itself is not read for ever
    Document document = Document::read(content, path_of(url));
    const Value root = document.root();
    nested_.insert_or_assign(url, std::move(document));
    const Value changed = with_files(root, folder_of(url));
    if (changed != root) content = to_json(changed);
  } else if (!is_utf8(content)) {
    throw Error(ErrorKind::HTTPBadRequest, name + " is not UTF-8 text; get_file takes text only.");
  }
  files_.set(url, std::move(content));
  return url;
}

std::string Bundle::contents(const std::string& url) const {
  return url.starts_with(kScheme) ? read_file(path_of(url)) : read_url_(url);
}

std::optional<Position> Bundle::position(const Path& path) const {
  if (!document_ || path.empty() || !document_->root().find(path.front())) return {};
  return document_->position(path);
}

void Bundle::place(Diagnostic& problem) const {
  const auto [url, path] = innermost(problem.path);
  if (const auto nested = nested_.find(url); nested != nested_.end()) {
    problem.position = nested->second.position(path);
    return;
  }
  if (problem.position) {
    if (const auto file = environments_.find(problem.position->file); file != environments_.end())
      problem.position = file->second.position(problem.path);
    else if (problem.position->text.empty())
      problem.position.reset();  // in what was sent, which is not what was written
  }
  const bool unknown = problem.kind == ErrorKind::UnknownUserParameter && problem.path.size() == 2;
  if (!problem.position && unknown)
    for (const auto& [name, document] : environments_)
      if (document.root()[problem.path[0]].find(problem.path[1]))
        problem.position = document.position(problem.path);
  if (!problem.position && !unknown) problem.position = position(problem.path);
}

}  // namespace heat::cli
