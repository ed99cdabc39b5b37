#include "cli/request.h"

#include <filesystem>

#include "base/error.h"

namespace heat::cli {

std::pair<std::string, std::string> split_pair(const std::string& text, const char* option) {
  const std::size_t equals = text.find('=');
  if (equals == text.npos || equals == 0)
    throw Error(ErrorKind::HTTPBadRequest,
                std::string(option) + " takes NAME=VALUE, not '" + text + "'.");
  return {text.substr(0, equals), text.substr(equals + 1)};
}

Bundle read_bundle(const Options& options) {
  if (options.template_file.empty() && !options.existing)
    throw Error(ErrorKind::HTTPBadRequest,
                "Which template? Give its file with -t, or --existing to keep the present one.");
  Bundle bundle = options.template_file.empty()
                      ? Bundle::read_environments(options.environment_files)
                      : Bundle::read(options.template_file, options.environment_files);
  bundle.leave_out(given_parameters(options));
  return bundle;
}

Bundle read_template(const Options& options) {
  if (options.template_file.empty())
    throw Error(ErrorKind::HTTPBadRequest, "Which template? Give its file with -t.");
  return read_bundle(options);
}

Map given_parameters(const Options& options) {
  Map parameters;
  for (const std::string& text : options.parameters) {
    auto [name, value] = split_pair(text, "-P");
    parameters.set(name, value);
  }
  for (const std::string& text : options.parameter_files) {
    auto [name, file] = split_pair(text, "--parameter-file");
    parameters.set(name, read_file(file));
  }
  return parameters;
}

Parameters::Pseudo pseudo_parameters(const Options& options) {
  return {std::filesystem::path(options.template_file).stem().string(),
          "00000000-0000-4000-8000-000000000000", "00000000000000000000000000000000", "RegionOne"};
}

Map request_body(const Bundle& bundle, const Options& options) {
  Map body{{"files", bundle.files()}, {"parameters", given_parameters(options)}};
  if (!bundle.template_value().is_null()) body.set("template", bundle.template_value());
  const auto& names = bundle.environment_names();
  if (!names.empty()) body.set("environment_files", List(names.begin(), names.end()));
  if (!options.tags.empty()) body.set("tags", options.tags);
  if (options.timeout > 0) body.set("timeout_mins", options.timeout);
  return body;
}

}  // namespace heat::cli
