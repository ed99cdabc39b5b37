#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "twin/addresses.h"
#include "twin/call.h"

namespace heat::twin::neutron {

enum class Phase { Post, Put };

/// A member that a client may send for a collection's object.
struct Attribute {
  enum class Form { Any, Bool, Text };
  enum class Write { Both, OnlyPost, OnlyPut, Never };

  std::string_view name;
  Value initial;  ///< what a new object has where the client says nothing
  Form form = Form::Any;
  Write write = Write::Both;
  bool required = false;
};

/// A kind of object: its names and what a client may say about one.
struct Kind {
  std::string_view plural;
  std::string_view singular;
  std::string_view word;  ///< as in "NetworkNotFound": "Network"
  std::vector<Attribute> attributes;
};

const Kind* kind_named(std::string_view plural);  ///< with - or _ between words

/// What the client sent for one object, checked; in a POST with the initial values of what it left
/// out, in the table's order. Throws Refusal.
Map accept(const Kind& kind, const Value& sent, Phase phase, const Caller& caller);

Refusal invalid_input(std::string message);
Refusal bad_request(std::string_view what, std::string message);
Refusal not_found(const Kind& kind, std::string_view id);
Refusal in_use(std::string kind, std::string message);
/// Throws Refusal where it is none.
Address address_of(const Value& text);

}  // namespace heat::twin::neutron
