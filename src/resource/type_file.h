#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "cloud/session.h"
#include "resource/part.h"
#include "resource/resource_type.h"

namespace heat {

/// The data a resource type is declared with: its own file, and the words its family (the file that
/// the types of one service share) gives where it says nothing itself.
struct TypeFile {
  Part own;
  Part family;

  static TypeFile read(std::string_view text, std::string file, std::string_view family_text = {},
                       std::string family_file = {});
  Part operator[](std::string_view word) const;  ///< of the type, else of its family
};

using MakeBehaviour =
    std::function<std::shared_ptr<Behaviour>(const TypeFile& file, const ResourceType& type)>;

/// The finders that a family's file declares, by name.
std::map<std::string, Finder> read_finders(const Part& family);

/// The type that `file` declares. Throws Error{InvalidSchemaError} that names file, line and key.
std::shared_ptr<const ResourceType> make_type(const TypeFile& file, const MakeBehaviour& behaviour);

}  // namespace heat
