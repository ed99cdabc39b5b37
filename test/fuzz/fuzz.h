#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "base/error.h"

namespace heat::fuzz {

/// What a program of this folder does with one input: each defines its own. It may refuse the input
/// as a server would, with an Error; it must not crash, leak, or run on.
void feed(std::string_view input);

/// Where what must hold does not.
inline void expect(bool holds, const char* otherwise) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", otherwise);
  std::abort();
}

template <class Work>
void expect_no_more_than_error(Work work) {
  try {
    work();
  } catch (const Error&) {
  }
}

}  // namespace heat::fuzz
