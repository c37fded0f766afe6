# Included at the end of every project(): the project's own flags and build type stay.
add_compile_options("$<$<COMPILE_LANGUAGE:C,CXX>:--coverage;-fprofile-update=prefer-atomic>")
add_link_options(--coverage)
