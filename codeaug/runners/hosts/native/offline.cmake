# An initial cache: what FetchContent fetched with the network lies in /deps, and nothing else is fetched.
set(FETCHCONTENT_FULLY_DISCONNECTED ON CACHE BOOL "")
file(GLOB fetched LIST_DIRECTORIES true "/deps/cmake/*-src")
foreach(folder IN LISTS fetched)
  get_filename_component(name "${folder}" NAME)
  string(REGEX REPLACE "-src$" "" name "${name}")
  string(TOUPPER "${name}" name)
  set("FETCHCONTENT_SOURCE_DIR_${name}" "${folder}" CACHE PATH "")
endforeach()
# What native/targets.py and native/spare.py read.
file(WRITE "${CMAKE_BINARY_DIR}/.cmake/api/v1/query/codemodel-v2" "")
# How each file is compiled, for native/proof.
set(CMAKE_EXPORT_COMPILE_COMMANDS ON CACHE BOOL "")
