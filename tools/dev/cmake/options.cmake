# Build options and the flags that every room shares.
option(CITYTWIN_WINDOW "Build the desktop window (OpenSceneGraph, Dear ImGui)" OFF)
option(CITYTWIN_TESTS "Build the tests" ON)
option(CITYTWIN_ENGINE_ONLY "Build the simulation core alone: no geodata, no command line" OFF)
option(CITYTWIN_FUZZ "Build the fuzz targets (clang only)" OFF)
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
list(APPEND CMAKE_MODULE_PATH ${PROJECT_SOURCE_DIR}/tools/dev/cmake)
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
  if(CITYTWIN_SANITIZE MATCHES "undefined")
    # A third of the compile time, so that a cold build fits CI; the fuzz build (clang) keeps these four.
    add_compile_options(-fno-sanitize=null,alignment,vptr,object-size)
  endif()
  add_link_options(-fsanitize=${CITYTWIN_SANITIZE})
endif()
if(CITYTWIN_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
if(CITYTWIN_COVERAGE)
  # Atomic counts: tests run threads, and racing counters come out negative, which gcovr refuses.
  add_compile_options(--coverage -fprofile-update=atomic)
  add_link_options(--coverage)
endif()
