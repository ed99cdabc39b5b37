#pragma once

#include "resource/rest/plan.h"

// What is tied to an object today, and what is to be.
namespace heat::rest {

/// An id as text: some services count theirs.
std::string id_text(const Value& id);

/// The id of something tied: itself, or a field of it.
std::string tied_id(const Value& item, const Link& link);

/// Of what is tied now, that which is not wanted so: another id, or the same with other fields.
List to_remove(const List& now, const List& wanted, const Link& link);
/// Of what is wanted, that which is not tied so now.
List to_add(const List& now, const List& wanted, const Link& link);

}  // namespace heat::rest
