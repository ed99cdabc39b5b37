#include <map>

#include "yaql/function.h"

namespace heat::yaql {

namespace {

using Library = std::map<std::string, Overloads, std::less<>>;

Library build() {
  Library library;
  for (const FunctionTable* table :
       {&system_functions(), &branching_functions(), &comparison_functions(), &math_functions(),
        &string_functions(), &regex_functions(), &collection_functions(), &map_functions(),
        &set_functions(), &query_functions(), &search_functions(), &aggregate_functions(),
        &generator_functions(), &date_functions()})
    for (const Function& function : *table) {
      Overloads& overloads = library[std::string(function.name)];
      overloads.name = function.name;
      if (function.form != Form::Method) {
        overloads.functions.push_back(&function);
        overloads.functions_take_rules = function.takes_rules;
      }
      if (function.form != Form::Function) {
        overloads.methods.push_back(&function);
        overloads.methods_take_rules = function.takes_rules;
      }
    }
  return library;
}

}  // namespace

const Overloads* find_overloads(std::string_view name) {
  static const Library library = build();
  const auto found = library.find(name);
  return found == library.end() ? nullptr : &found->second;
}

}  // namespace heat::yaql
