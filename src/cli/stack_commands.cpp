#include <cstdio>

#include "base/error.h"
#include "cli/client.h"
#include "cli/commands.h"
#include "cli/follow.h"
#include "cli/plan_view.h"
#include "cli/report.h"
#include "cli/request.h"
#include "net/url.h"

namespace heat::cli {

namespace {

void print(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

/// Sends the template; what the server finds wrong with it is shown at its line. Null: it was.
std::optional<Value> send_template(Client& client, const Bundle& bundle, std::string method,
                                   std::string path, Map body) {
  try {
    return client.send(std::move(method), std::move(path), std::move(body));
  } catch (const Error& error) {
    if (error.http_status() != 400) throw;
    tell("error", problems_of(error, &bundle));
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

}  // namespace heat::cli
