// Templates of the HOT language. Shorter inputs get there sooner: where no version is said, one is.
#include <string>

#include "fuzz/fuzz.h"
#include "fuzz/template.h"

namespace heat::fuzz {

void feed(std::string_view text) {
  if (text.find("heat_template_version") != std::string_view::npos) return feed_template(text);
  feed_template("heat_template_version: 2021-04-16\n" + std::string(text));
}

}  // namespace heat::fuzz
