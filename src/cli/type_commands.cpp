#include <cstdio>

#include "cli/client.h"
#include "cli/commands.h"
#include "engine/type_views.h"
#include "net/url.h"

namespace heat::cli {

namespace {

void print(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

Registry built_in_types(const Options& options) {
  Registry registry;
  options.add_types(registry);
  return registry;
}

/// The filters of --filter and --with-description under the names of the API.
Query listing_query(const Options& options) {
  Query query;
  for (const std::string& filter : options.filters) {
    const std::size_t equals = std::min(filter.find('='), filter.size());
    query.emplace_back(filter.substr(0, equals),
                       filter.substr(std::min(equals + 1, filter.size())));
  }
  if (options.with_description) query.emplace_back("with_description", "true");
  return query;
}

Value offline_list(const Options& options) {
  Map filters{{"with_description", options.with_description}};
  const Query query = listing_query(options);
  for (const auto& [parameter, argument] : {std::pair{"name", "type_name"},
                                            {"version", "heat_version"},
                                            {"support_status", "support_status"}})
    if (const std::string* text = find(query, parameter)) filters.set(argument, *text);
  return list_types(built_in_types(options), filters);
}

Value offline_schema(const Options& options) {
  return type_schema(*type_to_show(built_in_types(options), options.arguments[0]),
                     options.with_description);
}

std::string property_table(const Value& properties) {
  Table table({"Property", "Type", "Required", "Update", "Default"});
  for (const auto& [name, schema, kind] : properties.as_map())
    table.add({name, one_line(schema["type"]), schema["required"].truthy() ? "yes" : "",
               schema["update_allowed"].truthy() ? "in place" : "replaces",
               one_line(schema["default"])});
  return table.str();
}

std::string attribute_table(const Value& attributes) {
  Table table({"Attribute", "Type", "Description"});
  for (const auto& [name, schema, kind] : attributes.as_map())
    table.add({name, one_line(schema["type"]), one_line(schema["description"])});
  return table.str();
}

}  // namespace

int list_resource_types(const Options& options) {
  const Value types =
      options.offline
          ? offline_list(options)
          : Client(options.cloud)
                .get("/resource_types?" + build_query(listing_query(options)))["resource_types"];
  if (options.with_description || options.format == Format::Json) {
    print(show_list(types, {{"Type", "resource_type"}, {"Description", "description"}},
                    options.format));
    return Done;
  }
  for (const Value& type : types.as_list()) print(type.string_or("") + "\n");
  return Done;
}

int show_resource_type(const Options& options) {
  const Value schema = options.offline
                           ? offline_schema(options)
                           : Client(options.cloud)
                                 .get("/resource_types/" + segment(options.arguments[0]) +
                                      (options.with_description ? "?with_description=true" : ""));
  if (options.format != Format::Table) {
    print(show_map(schema, options.format));
    return Done;
  }
  print(one_line(schema["resource_type"]) + "  " + one_line(schema["support_status"]["status"]) +
        "\n" + one_line(schema["description"]) + "\n" + property_table(schema["properties"]) +
        "\n" + attribute_table(schema["attributes"]));
  return Done;
}

}  // namespace heat::cli
