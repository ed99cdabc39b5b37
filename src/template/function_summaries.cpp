#include <algorithm>

#include "template/function.h"

namespace heat {

namespace {

struct Summary {
  std::string_view name, text;
};

constexpr Summary kSummaries[] = {
    {"get_param", "The value of a parameter, or a part of it."},
    {"get_resource", "What a resource is referred to by, mostly its id."},
    {"get_attr", "An attribute of a resource, or a part of it."},
    {"get_file", "The content of a file that comes with the template."},
    {"resource_facade", "A part of the resource that this template is the type of."},
    {"Ref", "The value of a parameter, or what a resource is referred to by."},
    {"Fn::GetAtt", "An attribute of a resource."},
    {"Fn::FindInMap", "A value out of the template's mappings."},
    {"Fn::GetAZs", "The names of the availability zones."},
    {"Fn::ResourceFacade", "A part of the resource that this template is the type of."},
    {"if", "One value or another, as a condition holds or not."},
    {"equals", "Whether two values are equal."},
    {"not", "Whether a condition does not hold."},
    {"and", "Whether all of several conditions hold."},
    {"or", "Whether one at least of several conditions holds."},
    {"Fn::If", "One value or another, as a condition holds or not."},
    {"Fn::Equals", "Whether two values are equal."},
    {"Fn::Not", "Whether a condition does not hold."},
    {"Fn::And", "Whether all of several conditions hold."},
    {"Fn::Or", "Whether one at least of several conditions holds."},
    {"str_replace", "A text with values in place of keys."},
    {"str_replace_strict", "As str_replace, but every key must be found in the text."},
    {"str_replace_vstrict", "As str_replace_strict, but no value may be empty."},
    {"list_join", "Texts joined to one, with a delimiter between them."},
    {"str_split", "A text split at a delimiter into a list, or one part of it."},
    {"digest", "The digest of a text, by md5, sha256 and the like."},
    {"make_url", "A URL made of its parts."},
    {"Fn::Replace", "A text with values in place of keys."},
    {"Fn::Join", "Texts joined to one, with a delimiter between them."},
    {"Fn::Split", "A text split at a delimiter into a list."},
    {"Fn::Base64", "The text as it is: services here take plain text."},
    {"repeat", "A list with one copy of a pattern for each value of a list."},
    {"list_concat", "Several lists as one."},
    {"list_concat_unique", "Several lists as one, in which every value is once."},
    {"contains", "Whether a value is in a list or text."},
    {"filter", "A list without some values."},
    {"Fn::Select", "One item of a list, or the value under one key of a map."},
    {"map_merge", "Several maps as one; of equal keys the last counts."},
    {"map_replace", "A map with other keys and values in place of some."},
    {"Fn::MemberListToMap", "A map made of a list such as .member.0.Name=key."},
    {"yaql", "What an expression of the query language YAQL makes of data."},
};

}  // namespace

std::string_view summary_of(std::string_view function) {
  const auto* found = std::ranges::find(kSummaries, function, &Summary::name);
  return found == std::end(kSummaries) ? std::string_view() : found->text;
}

}  // namespace heat
