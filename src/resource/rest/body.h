#pragma once

#include <string>

#include "resource/rest/plan.h"

namespace heat::rest {

/// The value that a name like "rule.threshold" leads to; null where it leads nowhere.
const Value& field(const Value& object, std::string_view name);

/// A value as the service wants it: members under their wire names, those not given left out.
Value encode(const Wire& wire, const Value& value);

/// The object that creates: every property that is sent, null ones as their `absent` says.
Map create_body(const Plan& plan, const Value& properties, const std::string& default_name);

/// The object that updates: what `changes` names. Merged maps send the entries that differ.
Map update_body(const Plan& plan, const Value& before, const Value& after,
                const std::map<std::string, Value>& changes, const std::string& default_name);

/// Properties out of an object of the service: those that may be updated and that it shows.
Map decode(const Plan& plan, const ResourceType& type, const Value& object);

/// Whether `values` has something for every {name} in `text`.
bool has_all(const std::string& text, const Value& values);
/// `text` with each {name} replaced by what `values` has for it, as part of a URL. Throws Error
/// where there is nothing for it.
std::string fill_path(const std::string& text, const Value& values);
/// As fill_path without URL encoding: for composed ids.
std::string fill_text(const std::string& text, const Value& values);
/// A body with each text that is one {name} replaced by the value itself.
Value fill_body(const Value& body, const Value& values);

}  // namespace heat::rest
