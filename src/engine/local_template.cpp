#include "engine/local_template.h"

#include <fstream>
#include <iterator>

#include "base/error.h"

namespace heat {

std::string read_local_template(const std::string& url, std::size_t bytes) {
  const std::string file = url.substr(std::string("file://").size());
  std::ifstream stream(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (!stream.is_open() || stream.bad() || text.size() > bytes)
    throw Error(ErrorKind::NotFound,
                "The template " + url + ", which the operator's environments map types to, can't " +
                    "be read, or is too large: tell the operator.");
  return text;
}

}  // namespace heat
