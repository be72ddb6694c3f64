# Build options and the flags that every room shares.
option(CITYTWIN_WINDOW "Build the desktop window (OpenSceneGraph, Dear ImGui)" OFF)
option(CITYTWIN_TESTS "Build the tests" ON)
option(CITYTWIN_WERROR "Warnings are errors" ON)
set(CITYTWIN_PARALLEL "tbb" CACHE STRING "Backend of engine/base/parallel: tbb, std_thread (for TSan), serial")
set_property(CACHE CITYTWIN_PARALLEL PROPERTY STRINGS tbb std_thread serial)
set(CITYTWIN_SANITIZE "" CACHE STRING "Sanitizers, e.g. address,undefined or thread")
option(CITYTWIN_COVERAGE "Instrument for coverage" OFF)

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

find_program(CITYTWIN_CCACHE ccache)
if(CITYTWIN_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CITYTWIN_CCACHE})
endif()
find_program(CITYTWIN_MOLD mold)
if(CITYTWIN_MOLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_link_options(-fuse-ld=mold)
endif()

# Value-preserving only: the same bits for any thread count (DESIGN: determinism).
add_library(citytwin_flags INTERFACE)
target_compile_options(citytwin_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wno-missing-field-initializers
  -ffp-contract=off -fno-math-errno -fno-trapping-math
  $<$<BOOL:${CITYTWIN_WERROR}>:-Werror>)
if(CITYTWIN_SANITIZE)
  add_compile_options(-fsanitize=${CITYTWIN_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${CITYTWIN_SANITIZE})
endif()
if(CITYTWIN_COVERAGE)
  add_compile_options(--coverage)
  add_link_options(--coverage)
endif()
