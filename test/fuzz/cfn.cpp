// Templates in CloudFormation's two flavours. Where no version is said, one is.
#include <string>

#include "fuzz/fuzz.h"
#include "fuzz/template.h"

namespace heat::fuzz {

void feed(std::string_view text) {
  if (text.find("FormatVersion") != std::string_view::npos) return feed_template(text);
  feed_template("HeatTemplateFormatVersion: '2012-12-12'\n" + std::string(text));
}

}  // namespace heat::fuzz
