#include "template/functions.h"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>

#include "template/version.h"

namespace heat {

namespace {

using enum FunctionRole;

constexpr Versions kNever;
// The functions of CloudFormation that the first version of HOT had, too.
constexpr Versions kCfnAndFirst = kCfn | hot("2013-05-23", "2014-10-16");

constexpr Function kRefToResource = {"Ref",     kCfnAndFirst, kNever,
                                     check_ref, get_resource, Reference};

constexpr Computation kMakeUrl{make_url, fault_of_url};

// A name may stand in several rows: what it does changed with a version.
constexpr Function kFunctions[] = {
    // name, in values of, in conditions of, check of the argument, what it does, role
    {"get_param", hot("2013-05-23"), hot("2016-10-14"), check_nothing, get_param, Parameter},
    {"get_resource", hot("2013-05-23"), kNever, check_get_resource, get_resource, Reference},
    {"get_attr", hot("2013-05-23", "2014-10-16"), kNever, check_get_attr, get_attr_then_select,
     Attribute},
    {"get_attr", hot("2014-10-16", "2015-10-15"), kNever, check_get_attr, get_attr, Attribute},
    {"get_attr", hot("2015-10-15"), kNever, check_get_attr_or_all, get_attr, Attribute},
    {"get_file", hot("2013-05-23"), kNever, check_nothing, get_file},
    {"resource_facade", hot("2013-05-23"), kNever, check_resource_facade, resource_facade},
    {"Ref", kCfnAndFirst, kAws, check_ref, ref_parameter, Parameter, false, false, &kRefToResource},
    {"Fn::GetAtt", kCfn, kNever, check_get_att, get_attr, Attribute},
    {"Fn::FindInMap", kCfn, kAws, check_find_in_map, find_in_map},
    {"Fn::GetAZs", kCfnAndFirst, kNever, check_nothing, availability_zones},
    {"Fn::ResourceFacade", kCfnAndFirst, kNever, check_facade, facade},

    {"if", hot("2016-10-14", "2021-04-16"), kNever, check_if, if_then_else, Choice},
    {"if", hot("2021-04-16"), kNever, check_if_or_omit, if_then_else, Choice},
    {"equals", kNever, hot("2016-10-14"), check_equals, equals},
    {"not", kNever, hot("2016-10-14"), check_not, logical_not},
    {"and", kNever, hot("2016-10-14"), check_and_or, logical_and},
    {"or", kNever, hot("2016-10-14"), check_and_or, logical_or},
    {"Fn::If", kAws, kNever, check_if, if_then_else, Choice},
    {"Fn::Equals", kNever, kAws, check_equals, equals},
    {"Fn::Not", kNever, kAws, check_not_of_list, logical_not_of_list},
    {"Fn::And", kNever, kAws, check_and_or, logical_and},
    {"Fn::Or", kNever, kAws, check_and_or, logical_or},

    {"str_replace", hot("2013-05-23", "2015-10-15"), kNever, check_str_replace, str_replace},
    {"str_replace", hot("2015-10-15"), kNever, check_str_replace, str_replace_json},
    {"str_replace_strict", hot("2017-02-24"), kNever, check_str_replace, str_replace_strict},
    {"str_replace_vstrict", hot("2017-09-01"), kNever, check_str_replace, str_replace_vstrict},
    {"list_join", hot("2013-05-23", "2015-10-15"), kNever, check_list_join, list_join},
    {"list_join", hot("2015-10-15"), kNever, check_list_join_many, list_join_many},
    {"str_split", hot("2015-10-15"), kNever, check_str_split, str_split},
    {"digest", hot("2015-04-30"), kNever, check_nothing, digest},
    {"make_url", hot("2017-09-01"), kNever, check_make_url, kMakeUrl, Plain, false, true},
    {"Fn::Replace", kCfnAndFirst, kNever, check_replace, replace},
    {"Fn::Join", kCfnAndFirst, kNever, check_list_join, list_join},
    {"Fn::Split", kCfnAndFirst, kNever, check_split, split},
    {"Fn::Base64", kCfnAndFirst, kNever, check_nothing, text_as_it_is},

    {"repeat", hot("2015-04-30", "2016-10-14"), kNever, check_repeat, repeat_over_lists},
    {"repeat", hot("2016-10-14", "2017-09-01"), kNever, check_repeat, repeat_over_maps},
    {"repeat", hot("2017-09-01"), kNever, check_repeat_with_permutations, repeat},
    {"list_concat", hot("2017-09-01"), kNever, check_nothing, list_concat, Plain, true},
    {"list_concat_unique", hot("2017-09-01"), kNever, check_nothing, list_concat_unique},
    {"contains", hot("2017-09-01"), hot("2017-09-01"), check_contains, contains},
    {"filter", hot("2017-02-24"), kNever, check_filter, filter},
    {"Fn::Select", kCfn | hot("2013-05-23", "2015-10-15"), kNever, check_select, select},

    {"map_merge", hot("2016-04-08"), kNever, check_nothing, map_merge, Plain, true},
    {"map_replace", hot("2016-10-14"), kNever, check_nothing, map_replace},
    {"Fn::MemberListToMap", kCfnAndFirst, kNever, check_member_list, member_list_to_map},

    {"yaql", hot("2016-10-14"), hot("2017-09-01"), check_yaql, query_by_yaql},
};

/// The first version of HOT that has a function of `versions` no more; null where it never went.
const Version* went_with(const Versions& versions) {
  const Version* before = nullptr;
  for (const Version& version : kVersions) {
    if (version.language != Language::Hot) continue;
    if (before && versions.contains(*before) && !versions.contains(version)) return &version;
    before = &version;
  }
  return nullptr;
}

/// The rows of a name.
const std::vector<const Function*>& rows_of(std::string_view name) {
  using Rows = std::vector<const Function*>;
  static const Rows none;
  static const auto by_name = [] {
    boost::unordered_flat_map<std::string_view, Rows> all;
    for (const Function& function : kFunctions) all[function.name].push_back(&function);
    return all;
  }();
  const auto found = by_name.find(name);
  return found == by_name.end() ? none : found->second;
}

}  // namespace

std::span<const Function> functions() { return kFunctions; }

FunctionLookup find_function(std::string_view name, const Version& version, Place place) {
  const auto& rows = rows_of(name);
  if (rows.empty()) return {};
  bool in_values = false;
  Versions all;
  for (const Function* function : rows) {
    if ((place == Place::Value ? function->values : function->conditions).contains(version))
      return {function, {}};
    in_values = in_values || function->values.contains(version);
    all = all | function->values;
  }
  const std::string quoted = "'" + std::string(name) + "'";
  if (in_values && place == Place::Condition)
    return {nullptr, "The function " + quoted + " can't be used in a condition."};
  const Version* without = went_with(all);
  if (version.language == Language::Hot && without && without->date <= version.date)
    return {nullptr, "The function " + quoted + " does not exist in version " +
                         std::string(version.date) + " of the template language; it went with " +
                         std::string(without->date) + "."};
  return {};
}

std::vector<std::string> function_names(const Version& version, Place place) {
  std::vector<std::string> names;
  for (const Function& function : kFunctions)
    if ((place == Place::Value ? function.values : function.conditions).contains(version))
      names.emplace_back(function.name);
  std::ranges::sort(names);
  return names;
}

void wrong_argument(std::string message) { throw Error(ErrorKind::ValueError, std::move(message)); }

void check_text_size(std::size_t bytes) {
  if (bytes > kTextLimit)
    wrong_argument("The result would be longer than " + std::to_string(kTextLimit) + " bytes.");
}

void check_item_count(std::size_t items) {
  if (items > kItemLimit)
    wrong_argument("The result would have more than " + std::to_string(kItemLimit) + " items.");
}

std::string takes(std::string_view function, std::string_view what) {
  return "'" + std::string(function) + "' takes " + std::string(what);
}

bool is_list(const Node& argument, std::size_t least, std::size_t most) {
  return argument.kind == Node::Kind::List && argument.items.size() >= least &&
         argument.items.size() <= most;
}

std::string check_nothing(const Node&, std::string_view) { return {}; }

}  // namespace heat
