#pragma once

#include <map>
#include <string>

#include "base/value.h"
#include "schema/schema.h"

namespace heat {

class Template;

enum class Depth { Shallow, Deep };
/// `over` put over `below`; nulls in it change nothing. Deep: lists are appended, texts too.
Value merged(const Value& below, const Value& over, Depth depth);
Value appended(const Value& below, const Value& over);

/// Merges the parameters of environment files by the strategies that the files name. A parameter
/// keeps its strategy from file to file. Parameters of templates among the files count as known,
/// for their defaults; where several know one, the template's own comes first.
class ParameterMerge {
 public:
  ParameterMerge(const Template& tmpl, const Value& files);

  /// The next file, and its parameter_merge_strategies.
  void begin(std::string file, Value strategies);
  /// A section of the file put over that of the files before.
  Value over(const Value& below, const Value& section);

 private:
  void settle(const Value& section);
  Value strategy(const std::string& name) const;
  Value joined(const std::string& name, const Value* below, const Value& value, Depth depth) const;

  std::map<std::string, Type> types_;  ///< of all that are known
  std::string file_;
  Value strategies_;
  std::map<std::string, Value> settled_;  ///< as written: what is no strategy overwrites
};

}  // namespace heat
