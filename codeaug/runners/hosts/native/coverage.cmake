# Included at the end of every project(): the project's own flags and build type stay.
if(NOT DEFINED CODEAUG_UPDATE)
  # all that is built in the source's folder by now was built without coverage
  execute_process(COMMAND python3 -m native.threads "${CMAKE_SOURCE_DIR}"
    WORKING_DIRECTORY /host OUTPUT_VARIABLE CODEAUG_FOUND OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(NOT CODEAUG_FOUND)
    set(CODEAUG_FOUND -fprofile-update=prefer-atomic) # right with and without threads
  endif()
  set(CODEAUG_UPDATE "${CODEAUG_FOUND}" CACHE INTERNAL "how GCC changes its counters")
endif()
add_compile_options("$<$<COMPILE_LANGUAGE:C,CXX>:--coverage;${CODEAUG_UPDATE}>")
add_link_options(--coverage)
