#pragma once

#include <limits>
#include <string>

#include "base/value.h"
#include "template/function.h"

// What stands behind the table of functions. Checks look at the argument as written; the others
// compute. Which name and version each belongs to is said in functions.cpp only.
namespace heat {

using Node = Expression::Node;

inline constexpr std::size_t kTextLimit = 4 * 1024 * 1024;  ///< bytes a function may make
inline constexpr std::size_t kItemLimit = 100'000;          ///< items a function may make

/// Throws Error{ValueError}: what evaluation finds wrong with an argument.
[[noreturn]] void wrong_argument(std::string message);
void check_text_size(std::size_t bytes);
void check_item_count(std::size_t items);

/// "'list_join' takes a list: …"
std::string takes(std::string_view function, std::string_view what);
/// Whether the argument is written as a list of so many items.
bool is_list(const Node& argument, std::size_t least,
             std::size_t most = std::numeric_limits<std::size_t>::max());
std::string check_nothing(const Node& argument, std::string_view name);

// References: functions_of_references.cpp
Value get_param(const Node& argument, Evaluation& evaluation);
std::string check_get_resource(const Node& argument, std::string_view name);
Value get_resource(const Node& argument, Evaluation& evaluation);
std::string check_get_attr(const Node& argument, std::string_view name);
std::string check_get_attr_or_all(const Node& argument, std::string_view name);
Value get_attr(const Node& argument, Evaluation& evaluation);
Value get_attr_then_select(const Node& argument, Evaluation& evaluation);  ///< any path
Value get_file(const Node& argument, Evaluation& evaluation);
std::string check_resource_facade(const Node& argument, std::string_view name);
Value resource_facade(const Node& argument, Evaluation& evaluation);

// Conditions: functions_of_conditions.cpp
std::string check_if(const Node& argument, std::string_view name);
std::string check_if_or_omit(const Node& argument, std::string_view name);
Value if_then_else(const Node& argument, Evaluation& evaluation);
std::string check_equals(const Node& argument, std::string_view name);
Value equals(const Value& argument);
std::string check_not(const Node& argument, std::string_view name);
Value logical_not(const Node& argument, Evaluation& evaluation);
std::string check_not_of_list(const Node& argument, std::string_view name);
Value logical_not_of_list(const Node& argument, Evaluation& evaluation);
std::string check_and_or(const Node& argument, std::string_view name);
Value logical_and(const Node& argument, Evaluation& evaluation);
Value logical_or(const Node& argument, Evaluation& evaluation);

// Strings: functions_of_strings.cpp
std::string check_str_replace(const Node& argument, std::string_view name);
Value str_replace(const Value& argument);          ///< of scalars
Value str_replace_json(const Value& argument);     ///< lists and maps as JSON
Value str_replace_strict(const Value& argument);   ///< every key must be found
Value str_replace_vstrict(const Value& argument);  ///< and no value be empty
std::string check_list_join(const Node& argument, std::string_view name);
Value list_join(const Value& argument);
std::string check_list_join_many(const Node& argument, std::string_view name);
Value list_join_many(const Value& argument);
std::string check_str_split(const Node& argument, std::string_view name);
Value str_split(const Value& argument);
Value digest(const Value& argument);
std::string check_make_url(const Node& argument, std::string_view name);
std::string fault_of_url(const Value& argument);
Value make_url(const Value& argument);

// Lists: functions_of_lists.cpp
std::string check_repeat(const Node& argument, std::string_view name);
std::string check_repeat_with_permutations(const Node& argument, std::string_view name);
Value repeat_over_lists(const Value& argument);
Value repeat_over_maps(const Value& argument);
Value repeat(const Value& argument);
Value list_concat(const Value& argument);
Value list_concat_unique(const Value& argument);
std::string check_contains(const Node& argument, std::string_view name);
Value contains(const Value& argument);
std::string check_filter(const Node& argument, std::string_view name);
Value filter(const Node& argument, Evaluation& evaluation);

// Maps: functions_of_maps.cpp
Value map_merge(const Value& argument);
Value map_replace(const Value& argument);

// CloudFormation's own: functions_of_cfn.cpp
std::string check_ref(const Node& argument, std::string_view name);
Value ref_parameter(const Node& argument, Evaluation& evaluation);
std::string check_get_att(const Node& argument, std::string_view name);
std::string check_find_in_map(const Node& argument, std::string_view name);
Value find_in_map(const Node& argument, Evaluation& evaluation);
Value availability_zones(const Node& argument, Evaluation& evaluation);
std::string check_facade(const Node& argument, std::string_view name);
Value facade(const Node& argument, Evaluation& evaluation);
std::string check_select(const Node& argument, std::string_view name);
Value select(const Value& argument);
std::string check_split(const Node& argument, std::string_view name);
Value split(const Value& argument);
std::string check_replace(const Node& argument, std::string_view name);
Value replace(const Value& argument);
std::string check_member_list(const Node& argument, std::string_view name);
Value member_list_to_map(const Value& argument);
Value text_as_it_is(const Value& argument);

// yaql: functions_of_yaql.cpp
std::string check_yaql(const Node& argument, std::string_view name);
Value query_by_yaql(const Node& argument, Evaluation& evaluation);

}  // namespace heat
