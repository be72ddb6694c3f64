# The engine as a library (headers and a CMake package), the program, and its data.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

get_property(engine_rooms GLOBAL PROPERTY CITYTWIN_ENGINE_ROOMS)
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/CityTwin)
install(TARGETS ${engine_rooms} EXPORT CityTwinTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT CityTwinTargets NAMESPACE CityTwin:: DESTINATION ${package_folder})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/engine DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/citytwin
  FILES_MATCHING PATTERN "*.hpp")

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/CityTwinConfig.cmake.in
  ${CMAKE_BINARY_DIR}/CityTwinConfig.cmake INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(${CMAKE_BINARY_DIR}/CityTwinConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/CityTwinConfig.cmake ${CMAKE_BINARY_DIR}/CityTwinConfigVersion.cmake
  ${CMAKE_CURRENT_LIST_DIR}/FindXxHash.cmake DESTINATION ${package_folder})

if(TARGET citytwin)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/data/ DESTINATION ${CMAKE_INSTALL_DATADIR}/citytwin)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/scenarios/library/
    DESTINATION ${CMAKE_INSTALL_DATADIR}/citytwin/scenarios)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/scenarios/examples
    DESTINATION ${CMAKE_INSTALL_DATADIR}/citytwin)
endif()
