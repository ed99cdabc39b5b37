#include "template/signatures.h"

#include <boost/unordered/unordered_flat_map.hpp>

namespace heat {

namespace {

using K = Kinds;
constexpr Kinds kAny;
constexpr Kinds kText = K::Text | K::Null;
constexpr Kinds kList = K::List | K::Null;
constexpr Kinds kMap = K::Map | K::Null;

// Null may stand for what is not there yet; most functions take it for nothing.
const std::vector<Signature> kSignatures = {
    {"get_file", K::Text},
    {"digest", K::Text, {K::Text, K::Text}},
    {"str_replace", kText, {}, {{"template", kText}, {"params", kMap}}},
    {"str_replace_strict", kText, {}, {{"template", kText}, {"params", kMap}}},
    {"str_replace_vstrict", kText, {}, {{"template", kText}, {"params", kMap}}},
    {"list_join", K::Text, {kText, kList}},
    {"str_split", kList | K::Text, {kText, kText, kAny}},
    {"make_url", K::Text},
    {"repeat", K::List, {}, {{"for_each", kMap}, {"template", kAny}}},
    {"list_concat", K::List, {kList}},
    {"list_concat_unique", K::List, {kList}},
    {"contains", K::Boolean, {kAny, K::List | K::Text}},
    {"filter", kList, {kList, kList}},
    {"map_merge", K::Map, {kMap}},
    {"map_replace", K::Map, {kMap, kMap}},
    {"Fn::Join", K::Text, {kText, kList}},
    {"Fn::Split", kList, {kText, kText}},
    {"Fn::Base64", kText},
    {"equals", K::Boolean},
    {"not", K::Boolean},
    {"and", K::Boolean},
    {"or", K::Boolean},
};

}  // namespace

const Signature* signature_of(std::string_view function) {
  static const auto by_name = [] {
    boost::unordered_flat_map<std::string_view, const Signature*> all;
    for (const Signature& signature : kSignatures) all.emplace(signature.function, &signature);
    return all;
  }();
  const auto found = by_name.find(function);
  return found == by_name.end() ? nullptr : found->second;
}

}  // namespace heat
