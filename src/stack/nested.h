#pragma once

#include <memory>
#include <string>

#include "base/diagnostics.h"
#include "resource/resource_type.h"
#include "template/template.h"

// Templates as resource types: each such resource is a stack of its own. From outside, the
// template's parameters are properties and its outputs attributes.
namespace heat {

/// The template that is the type of a resource.
struct NestedTemplate {
  std::string file;  ///< its name among the definition's files
  Path mapping;      ///< place in the resource registry that led to it; empty: none did
};

/// Reads the text. A template with mistakes makes a type that takes anything: they are told where
/// the stack behind it is examined. Throws the Error of one that can't be understood at all, with
/// the position.
std::shared_ptr<const ResourceType> template_type(const std::string& file, const std::string& text,
                                                  const Value& parameter_defaults);

/// What is said where a type is a template that is not among the files.
std::string no_such_template(const std::string& file);

/// What keeps `type` from standing in for `known`, the type that its name says: it must take the
/// properties that must be given there, require no others, and have all attributes.
void check_stand_in(const ResourceType& type, const ResourceType& known, const Path& path,
                    Diagnostics& problems);

/// Properties of a resource of a template type, shaped, as parameters of the stack behind it. Parts
/// that aren't known make the whole parameter Unknown.
Value parameters_below(const ResourceType& type, const Value& properties, const Path& path,
                       Diagnostics& problems);

/// What is wrong in the template behind `resource`, as it is told of the template around it.
Diagnostic of_template_below(Diagnostic problem, const std::string& resource,
                             const std::string& file);

}  // namespace heat
