#include "template/functions.h"

#include <algorithm>
#include <unordered_set>

#include "template/version.h"

namespace heat {

namespace {

// A name may stand in several rows: what it does changed with a version.
constexpr Function kFunctions[] = {
    // name, in values since, until, in conditions since, check of the argument, what it does
    {"get_param", "2013-05-23", "", "2016-10-14", check_nothing, nullptr, get_param},
    {"get_resource", "2013-05-23", "", "", check_get_resource, nullptr, get_resource},
    {"get_attr", "2013-05-23", "2015-10-15", "", check_get_attr, nullptr, get_attr},
    {"get_attr", "2015-10-15", "", "", check_get_attr_or_all, nullptr, get_attr},
    {"get_file", "2013-05-23", "", "", check_nothing, nullptr, get_file},
    {"resource_facade", "2013-05-23", "", "", check_resource_facade, nullptr, resource_facade},

    {"if", "2016-10-14", "2021-04-16", "", check_if, nullptr, if_then_else},
    {"if", "2021-04-16", "", "", check_if_or_omit, nullptr, if_then_else},
    {"equals", "", "", "2016-10-14", check_equals, equals},
    {"not", "", "", "2016-10-14", check_not, nullptr, logical_not},
    {"and", "", "", "2016-10-14", check_and_or, nullptr, logical_and},
    {"or", "", "", "2016-10-14", check_and_or, nullptr, logical_or},

    {"str_replace", "2013-05-23", "2015-10-15", "", check_str_replace, str_replace},
    {"str_replace", "2015-10-15", "", "", check_str_replace, str_replace_json},
    {"str_replace_strict", "2017-02-24", "", "", check_str_replace, str_replace_strict},
    {"str_replace_vstrict", "2017-09-01", "", "", check_str_replace, str_replace_vstrict},
    {"list_join", "2013-05-23", "2015-10-15", "", check_list_join, list_join},
    {"list_join", "2015-10-15", "", "", check_list_join_many, list_join_many},
    {"str_split", "2015-10-15", "", "", check_str_split, str_split},
    {"digest", "2015-04-30", "", "", check_nothing, digest},
    {"make_url", "2017-09-01", "", "", check_make_url, make_url},

    {"repeat", "2015-04-30", "2016-10-14", "", check_repeat, repeat_over_lists},
    {"repeat", "2016-10-14", "2017-09-01", "", check_repeat, repeat_over_maps},
    {"repeat", "2017-09-01", "", "", check_repeat_with_permutations, repeat},
    {"list_concat", "2017-09-01", "", "", check_nothing, list_concat, nullptr, true},
    {"list_concat_unique", "2017-09-01", "", "", check_nothing, list_concat_unique},
    {"contains", "2017-09-01", "", "2017-09-01", check_contains, contains},
    {"filter", "2017-02-24", "", "", check_filter, filter},

    {"map_merge", "2016-04-08", "", "", check_nothing, map_merge, nullptr, true},
    {"map_replace", "2016-10-14", "", "", check_nothing, map_replace},

    {"yaql", "2016-10-14", "", "2017-09-01", check_yaql, query_by_yaql},
};

/// Functions that are part of the language, but not of ours yet, or no more.
struct Refused {
  std::string_view name;
  std::string_view since, until;  ///< the versions that have it
  std::string_view conditions_since;
};
constexpr Refused kRefused[] = {
    {"Fn::Select", "2013-05-23", "2015-10-15", ""},
    {"Fn::Base64", "2013-05-23", "2014-10-16", ""},
    {"Fn::GetAZs", "2013-05-23", "2014-10-16", ""},
    {"Fn::Join", "2013-05-23", "2014-10-16", ""},
    {"Fn::MemberListToMap", "2013-05-23", "2014-10-16", ""},
    {"Fn::Replace", "2013-05-23", "2014-10-16", ""},
    {"Fn::ResourceFacade", "2013-05-23", "2014-10-16", ""},
    {"Fn::Split", "2013-05-23", "2014-10-16", ""},
    {"Ref", "2013-05-23", "2014-10-16", ""},
};

bool in_values(std::string_view since, std::string_view until, std::string_view version) {
  return !since.empty() && since <= version && (until.empty() || version < until);
}

bool in_conditions(std::string_view since, std::string_view version) {
  return !since.empty() && since <= version;
}

std::string refusal(const Refused& refused, std::string_view version, Place place) {
  const std::string name(refused.name);
  if (!in_values(refused.since, refused.until, version))
    return "The function '" + name + "' does not exist in version " + std::string(version) +
           " of the template language; it went with " + std::string(refused.until) + ".";
  if (place == Place::Condition && !in_conditions(refused.conditions_since, version))
    return "The function '" + name + "' can't be used in a condition.";
  return "The function '" + name + "' is not supported yet.";
}

}  // namespace

std::span<const Function> functions() { return kFunctions; }

namespace {

/// Most maps are no calls: that should be seen at once.
bool names_function(std::string_view name) {
  static const std::unordered_set<std::string_view> names = [] {
    std::unordered_set<std::string_view> all;
    for (const Function& function : kFunctions) all.insert(function.name);
    for (const Refused& refused : kRefused) all.insert(refused.name);
    return all;
  }();
  return names.contains(name);
}

}  // namespace

FunctionLookup find_function(std::string_view name, std::string_view version, Place place) {
  if (!names_function(name)) return {};
  bool elsewhere = false;
  for (const Function& function : kFunctions) {
    if (function.name != name) continue;
    const bool value = in_values(function.since, function.until, version);
    if (place == Place::Value ? value : in_conditions(function.conditions_since, version))
      return {&function, {}};
    elsewhere = elsewhere || value;
  }
  if (elsewhere && place == Place::Condition)
    return {nullptr, "The function '" + std::string(name) + "' can't be used in a condition."};
  for (const Refused& refused : kRefused)
    if (refused.name == name && refused.since <= version)
      return {nullptr, refusal(refused, version, place)};
  return {};
}

std::vector<std::string> function_names(std::string_view version, Place place) {
  std::vector<std::string> names;
  for (const Function& function : kFunctions)
    if (place == Place::Value ? in_values(function.since, function.until, version)
                              : in_conditions(function.conditions_since, version))
      names.emplace_back(function.name);
  std::ranges::sort(names);
  return names;
}

void wrong_argument(std::string message) { throw Error(ErrorKind::ValueError, std::move(message)); }

void check_item_count(std::size_t items) {
  if (items > kItemLimit)
    wrong_argument("The result would have more than " + std::to_string(kItemLimit) + " items.");
}

void check_text_size(std::size_t bytes) {
  if (bytes > kTextLimit)
    wrong_argument("The result would be longer than " + std::to_string(kTextLimit) + " bytes.");
}

std::string check_nothing(const Node&) { return {}; }

}  // namespace heat
