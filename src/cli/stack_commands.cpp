#include <cstdio>

#include "base/error.h"
#include "cli/bundle.h"
#include "cli/client.h"
#include "cli/commands.h"
#include "cli/follow.h"
#include "cli/plan_view.h"
#include "cli/report.h"
#include "net/url.h"
#include "template/template.h"

namespace heat::cli {

namespace {

void print(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

std::pair<std::string, std::string> split_pair(const std::string& text, const char* option) {
  const std::size_t equals = text.find('=');
  if (equals == text.npos || equals == 0)
    throw Error(ErrorKind::HTTPBadRequest,
                std::string(option) + " takes NAME=VALUE, not '" + text + "'.");
  return {text.substr(0, equals), text.substr(equals + 1)};
}

Bundle read_bundle(const Options& options) {
  if (!options.template_file.empty())
    return Bundle::read(options.template_file, options.environment_files);
  if (!options.existing)
    throw Error(ErrorKind::HTTPBadRequest,
                "Which template? Give its file with -t, or --existing to keep the present one.");
  return Bundle::read_environments(options.environment_files);
}

/// What can be said about the template without a server, at its line. False: it is wrong.
bool check_locally(const Bundle& bundle) {
  if (!bundle.document()) return true;
  Diagnostics problems;
  try {
    Template::parse(*bundle.document(), problems);
  } catch (const Error& error) {
    problems.add(error);
  }
  for (const Diagnostic& problem : problems.all())
    std::fputs(told(problem, bundle.document()).c_str(), stderr);
  return problems.empty();
}

Map request_body(const Bundle& bundle, const Options& options) {
  Map parameters;
  for (const std::string& text : options.parameters) {
    auto [name, value] = split_pair(text, "-P");
    parameters.set(name, value);
  }
  for (const std::string& text : options.parameter_files) {
    auto [name, file] = split_pair(text, "--parameter-file");
    parameters.set(name, read_file(file));
  }
  Map body{{"files", bundle.files()}, {"parameters", std::move(parameters)}};
  if (!bundle.template_value().is_null()) body.set("template", bundle.template_value());
  const auto& names = bundle.environment_names();
  if (!names.empty()) body.set("environment_files", List(names.begin(), names.end()));
  if (!options.tags.empty()) body.set("tags", options.tags);
  if (options.timeout > 0) body.set("timeout_mins", options.timeout);
  return body;
}

/// Sends the template; what the server finds wrong with it is shown at its line. Null: it was.
std::optional<Value> send_template(Client& client, const Bundle& bundle, std::string method,
                                   std::string path, Map body) {
  try {
    return client.send(std::move(method), std::move(path), std::move(body));
  } catch (const Error& error) {
    if (!bundle.document() || error.http_status() != 400) throw;
    std::fputs(told(error.message(), *bundle.document()).c_str(), stderr);
    return std::nullopt;
  }
}

void show_outputs(Client& client, const std::string& path, Format format) {
  const Value outputs = client.get(path)["stack"]["outputs"];
  if (outputs.is_list() && !outputs.as_list().empty())
    print("\n" +
          show_list(
              outputs,
              {{"Output", "output_key"}, {"Value", "output_value"}, {"Description", "description"}},
              format));
}

int change_stack(const Options& options, const char* method_suffix) {
  const Bundle bundle = read_bundle(options);
  if (!check_locally(bundle)) return Failed;
  Client client(options.cloud);
  const std::string path = client.stack_path(options.arguments[0]);
  Map body = request_body(bundle, options);
  if (options.enable_rollback) body.set("disable_rollback", false);
  const auto answer = send_template(client, bundle, options.existing ? "PATCH" : "PUT",
                                    path + method_suffix, std::move(body));
  if (!answer) return Failed;
  if (*method_suffix) {
    print(show_plan((*answer)["plan"], options.format));
    return Done;
  }
  if (!options.wait) {
    print(show_map(client.get(path + "?resolve_outputs=false")["stack"], options.format));
    return Done;
  }
  if (!follow(client, path, "UPDATE")) return Failed;
  show_outputs(client, path, options.format);
  return Done;
}

}  // namespace

int create_stack(const Options& options) {
  const Bundle bundle = read_bundle(options);
  if (!check_locally(bundle)) return Failed;
  Client client(options.cloud);
  Map body = request_body(bundle, options);
  body.set("stack_name", options.arguments[0]);
  body.set("disable_rollback", !options.enable_rollback);
  const auto answer = send_template(client, bundle, "POST", "/stacks", std::move(body));
  if (!answer) return Failed;
  const std::string path = "/stacks/" + segment(options.arguments[0]) + "/" +
                           segment((*answer)["stack"]["id"].string_or(""));
  if (!options.wait) {
    print(show_map(client.get(path + "?resolve_outputs=false")["stack"], options.format));
    return Done;
  }
  if (!follow(client, path, "CREATE")) return Failed;
  show_outputs(client, path, options.format);
  return Done;
}

int update_stack(const Options& options) { return change_stack(options, ""); }
int plan_stack(const Options& options) { return change_stack(options, "/plan"); }

int delete_stack(const Options& options) {
  Client client(options.cloud);
  const std::string path = client.stack_path(options.arguments[0]);
  client.send("DELETE", path);
  if (!options.wait) return Done;
  return follow(client, path, "DELETE") ? Done : Failed;
}

int list_stacks(const Options& options) {
  Query query;
  for (const std::string& filter : options.filters) query.push_back(split_pair(filter, "--filter"));
  if (options.limit > 0) query.emplace_back("limit", std::to_string(options.limit));
  if (!options.marker.empty()) query.emplace_back("marker", options.marker);
  if (options.nested) query.emplace_back("show_nested", "true");
  Client client(options.cloud);
  print(show_list(client.get("/stacks?" + build_query(query))["stacks"],
                  {{"Name", "stack_name"},
                   {"State", "stack_status"},
                   {"Created", "creation_time"},
                   {"Updated", "updated_time"},
                   {"Id", "id"}},
                  options.format));
  return Done;
}

int show_stack(const Options& options) {
  Client client(options.cloud);
  print(show_map(client.get(client.stack_path(options.arguments[0]))["stack"], options.format));
  return Done;
}

int validate_template(const Options& options) {
  if (options.template_file.empty())
    throw Error(ErrorKind::HTTPBadRequest, "Which template? Give its file with -t.");
  const Bundle bundle = read_bundle(options);
  if (!check_locally(bundle)) return Failed;
  Client client(options.cloud);
  const auto answer =
      send_template(client, bundle, "POST", "/validate", request_body(bundle, options));
  if (!answer) return Failed;
  print(show_map(*answer, options.format));
  return Done;
}

}  // namespace heat::cli
