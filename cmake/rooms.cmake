# heat_room(<name> [NEEDS <rooms>...] [LIBRARIES <targets>...])
#
# Makes the library heat_<name> of the folder it is called in, and, of the *_test.cpp files there,
# the test program <name>_test. A main.cpp is left to the program that it begins. NEEDS names the
# rooms below that this one may include. Tests find the data that is too large for the repository
# through HEAT_SHARED, and skip without it.
#
# Every header compiles alone: its own source includes it first (tools/tidy sees to that), and one
# without a source is compiled by itself here.
find_package(GTest REQUIRED)

function(heat_room name)
  cmake_parse_arguments(ROOM "" "" "NEEDS;LIBRARIES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS *.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "(_test|/main)\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(TRANSFORM ROOM_NEEDS PREPEND heat_)

  file(GLOB_RECURSE headers RELATIVE ${CMAKE_SOURCE_DIR}/src CONFIGURE_DEPENDS *.h)
  foreach(header IN LISTS headers)
    string(REGEX REPLACE "\\.h$" "" stem ${header})
    if(NOT EXISTS ${CMAKE_SOURCE_DIR}/src/${stem}.cpp)
      set(alone ${CMAKE_BINARY_DIR}/headers/${stem}.cpp)
      file(CONFIGURE OUTPUT ${alone} CONTENT "#include \"${header}\"\n")
      list(APPEND sources ${alone})
    endif()
  endforeach()

  if(sources)
    set(reach PUBLIC)
    add_library(heat_${name} STATIC ${sources})
  else()
    set(reach INTERFACE)
    add_library(heat_${name} INTERFACE)
  endif()
  target_include_directories(heat_${name} ${reach} ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(heat_${name} ${reach} ${ROOM_NEEDS} ${ROOM_LIBRARIES})
  if(tests)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE heat_${name} GTest::gtest_main)
    add_test(NAME ${name} COMMAND ${name}_test)
    set_tests_properties(${name} PROPERTIES
                         ENVIRONMENT "HEAT_SHARED=${CMAKE_SOURCE_DIR}/../shared")
  endif()
endfunction()
