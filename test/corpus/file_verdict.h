#pragma once

#include <string>

#include "resource/resource_type.h"

namespace heat::corpus {

/// "OK", the class of an error as the original names it, or empty where it was not come to.
struct Verdict {
  std::string word;
  std::string why;

  static Verdict of(const Error& error);
};

/// What we make of one file alone, at the three depths that the collection knows.
struct FileVerdict {
  Verdict parse;       ///< is it a document at all, with a version
  std::string sha256;  ///< of the document as JSON with sorted keys
  Verdict fixed;       ///< "static": version, sections, schemas and groups of parameters
  Verdict defs;        ///< arguments of functions, references between the parts
};

FileVerdict judge_template(const std::string& text, const std::string& name,
                           const Registry& registry);
FileVerdict judge_environment(const std::string& text, const std::string& name);

}  // namespace heat::corpus
