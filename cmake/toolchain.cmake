# Compiler settings that every room shares: the language, warnings, sanitizers, ccache and mold.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

option(HEAT_WERROR "Treat warnings as errors" OFF)
set(HEAT_SANITIZE "" CACHE STRING "Sanitizers for the whole build, as in address,undefined")

add_compile_options(-Wall -Wextra -Wpedantic -Wnon-virtual-dtor -Wshadow-uncaptured-local)
# libstdc++ 12's own std::stable_sort warns of a deprecation inside itself under clang.
add_compile_options(-Wno-deprecated-declarations)
if(HEAT_WERROR)
  add_compile_options(-Werror)
endif()
if(HEAT_SANITIZE)
  add_compile_options(-fsanitize=${HEAT_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${HEAT_SANITIZE})
endif()

option(HEAT_FUZZ "Build the fuzzers of test/fuzz with libFuzzer" OFF)
if(HEAT_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()
