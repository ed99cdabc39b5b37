#include <cstdio>

#include "base/error.h"
#include "cli/client.h"
#include "cli/commands.h"
#include "net/url.h"

namespace heat::cli {

namespace {

void print(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

}  // namespace

int list_resources(const Options& options) {
  Query query;
  for (const std::string& filter : options.filters) {
    const std::size_t equals = std::min(filter.find('='), filter.size());
    query.emplace_back(filter.substr(0, equals),
                       filter.substr(std::min(equals + 1, filter.size())));
  }
  if (options.nested_depth > 0)
    query.emplace_back("nested_depth", std::to_string(options.nested_depth));
  Client client(options.cloud);
  const std::string path = client.stack_path(options.arguments[0]);
  print(show_list(client.get(path + "/resources?" + build_query(query))["resources"],
                  {{"Name", "resource_name"},
                   {"Type", "resource_type"},
                   {"State", "resource_status"},
                   {"Updated", "updated_time"},
                   {"Id", "physical_resource_id"}},
                  options.format));
  return Done;
}

int show_resource(const Options& options) {
  Client client(options.cloud);
  const std::string path = client.stack_path(options.arguments[0]);
  print(show_map(client.get(path + "/resources/" + segment(options.arguments[1]))["resource"],
                 options.format));
  return Done;
}

int list_services(const Options& options) {
  Client client(options.cloud);
  print(show_list(client.get("/services")["services"],
                  {{"Hostname", "hostname"},
                   {"Binary", "binary"},
                   {"Engine Id", "engine_id"},
                   {"Host", "host"},
                   {"Topic", "topic"},
                   {"Updated At", "updated_at"},
                   {"Status", "status"}},
                  options.format));
  return Done;
}

int list_events(const Options& options) {
  Query query{{"sort_dir", "asc"}};
  if (options.nested_depth > 0)
    query.emplace_back("nested_depth", std::to_string(options.nested_depth));
  if (options.limit > 0) query.emplace_back("limit", std::to_string(options.limit));
  if (!options.marker.empty()) query.emplace_back("marker", options.marker);
  Client client(options.cloud);
  const std::string path = client.stack_path(options.arguments[0]);
  print(show_list(client.get(path + "/events?" + build_query(query))["events"],
                  {{"Time", "event_time"},
                   {"Resource", "resource_name"},
                   {"State", "resource_status"},
                   {"Reason", "resource_status_reason"}},
                  options.format));
  return Done;
}

int list_outputs(const Options& options) {
  Client client(options.cloud);
  const Value stack = client.get(client.stack_path(options.arguments[0]))["stack"];
  const Value& outputs = stack["outputs"];
  print(show_list(
      outputs.is_list() ? outputs : Value(List()),
      {{"Output", "output_key"}, {"Value", "output_value"}, {"Description", "description"}},
      options.format));
  return Done;
}

int show_output(const Options& options) {
  Client client(options.cloud);
  const std::string path = client.stack_path(options.arguments[0]);
  const Value output = client.get(path + "/outputs/" + segment(options.arguments[1]))["output"];
  if (options.format == Format::Value)
    print(one_line(output["output_value"]) + "\n");
  else
    print(show_map(output, options.format));
  return Done;
}

}  // namespace heat::cli
