#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "base/value.h"
#include "text/document.h"

namespace heat::cli {

/// What lies at an http or https URL. Throws Error{HTTPBadRequest} that says why nothing does.
using ReadUrl = std::function<std::string(const std::string& url)>;
std::string read_url(const std::string& url);

/// A template with all that it names, as a server takes it: names of files become absolute URLs,
/// keys of `files`; what is not on the local disk is fetched. The texts are kept, so that a problem
/// that the server reports by its path can be shown at its line.
class Bundle {
 public:
  /// Reads the template, the templates and files it names (get_file, types ending in .yaml or
  /// .template), and the environments with theirs. Throws Error with the position.
  static Bundle read(const std::string& template_file,
                     const std::vector<std::string>& environment_files,
                     ReadUrl read_url = cli::read_url);
  /// Environments alone, for an update that keeps the template.
  static Bundle read_environments(const std::vector<std::string>& environment_files,
                                  ReadUrl read_url = cli::read_url);

  /// Takes these parameters out of the environments. A server puts environment files over what is
  /// given beside them; on a command line, what is given there is to win.
  void leave_out(const Map& parameters);

  const Value& template_value() const { return template_; }  ///< null where there is none
  const Map& files() const { return files_; }
  const std::vector<std::string>& environment_names() const { return environment_names_; }
  /// Where a part of the template stands; nothing where there is no template.
  std::optional<Position> position(const Path& path) const;
  /// Gives a problem the line that it is about: in the file that its position names, as the server
  /// calls it, in the nested template that its path leads into, else in the template; a parameter
  /// that the template does not have, in an environment.
  void place(Diagnostic& problem) const;

 private:
  explicit Bundle(ReadUrl read_url) : read_url_(std::move(read_url)) {}

  void add_environment(const std::string& file);
  Value with_registry(const Value& registry, const std::string& folder);
  Value with_files(const Value& node, const std::string& folder);
  std::string add_file(const std::string& name, const std::string& folder, bool may_be_template);
  std::string contents(const std::string& url) const;

  ReadUrl read_url_;
  Value template_;
  Map files_;
  std::vector<std::string> environment_names_;
  std::optional<Document> document_;
  std::map<std::string, Document> environments_;  ///< by name
  std::map<std::string, Document> nested_;        ///< templates, by URL
};

/// The bytes of a local file. Throws Error{HTTPBadRequest} saying why not.
std::string read_file(const std::string& path);

}  // namespace heat::cli
