#pragma once

#include <string>
#include <string_view>

#include "base/value.h"
#include "text/document.h"

namespace heat {

/// JSON without spaces between tokens, keys in their order, non-ASCII kept. For storage and wires.
std::string to_json(const Value& value);
/// JSON indented by two spaces, for people.
std::string to_pretty_json(const Value& value);
/// As `to_json` with sorted keys: values that are equal key by key give the same text.
std::string to_canonical_json(const Value& value);
/// As Python's json.dumps(value, sort_keys=…): ", " and ": ", ASCII only.
std::string to_python_json(const Value& value, bool sort_keys);
/// As Python's str(value): True, None, 1e+16, 100000.0, {'a': 1}.
std::string to_python_str(const Value& value);
/// Block-style YAML for people.
std::string to_yaml(const Value& value);

/// As Python's repr() of a float: the shortest text that reads back, "1e+16", "100000.0", "nan".
std::string to_python_repr(double number);

/// Reads JSON (RFC 8259, and NaN and Infinity as Python writes them) without positions: for wires
/// and storage, fast. Throws Error{HTTPBadRequest} with the place in the text.
Value from_json(std::string_view text, ReadLimits limits = {});

}  // namespace heat
