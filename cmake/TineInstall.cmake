# Install rules: programs, libraries, headers, the CMake package, the pkg-config file.

include(CMakePackageConfigHelpers)

set(_package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/tine")

set_target_properties(tine_static PROPERTIES EXPORT_NAME tine)
set_target_properties(tine_shared PROPERTIES EXPORT_NAME shared)
set_target_properties(tine_headers PROPERTIES EXPORT_NAME headers)
target_include_directories(tine_headers INTERFACE
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)

install(TARGETS tine_translator tinecc
    RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT translator)
install(TARGETS tine_static tine_headers EXPORT tineStatic
    ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT static)
install(TARGETS tine_shared EXPORT tineShared
    LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT shared
    NAMELINK_COMPONENT static)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/"
    DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT static FILES_MATCHING PATTERN "*.h")
install(EXPORT tineStatic NAMESPACE tine:: DESTINATION "${_package_dir}" COMPONENT static)
install(EXPORT tineShared NAMESPACE tine:: DESTINATION "${_package_dir}" COMPONENT static)

# tinecc names this directory to the compiler and never /usr/include, whose place in the search order
# matters. Links, relative, so that the prefix can move and DESTDIR works.
file(RELATIVE_PATH _to_include "/x/${CMAKE_INSTALL_LIBDIR}/tine/include"
    "/x/${CMAKE_INSTALL_INCLUDEDIR}")
set(_links "${PROJECT_BINARY_DIR}/install-links")
file(MAKE_DIRECTORY "${_links}")
file(CREATE_LINK "${_to_include}/tine.h" "${_links}/tine.h" SYMBOLIC)
file(CREATE_LINK "${_to_include}/tine" "${_links}/tine" SYMBOLIC)
install(FILES "${_links}/tine.h" "${_links}/tine"
    DESTINATION "${CMAKE_INSTALL_LIBDIR}/tine/include" COMPONENT static)

configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/tineConfig.cmake.in"
    "${PROJECT_BINARY_DIR}/cmake/tineConfig.cmake"
    INSTALL_DESTINATION "${_package_dir}"
    PATH_VARS CMAKE_INSTALL_BINDIR)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/cmake/tineConfigVersion.cmake"
    COMPATIBILITY SameMinorVersion)
install(FILES
    "${PROJECT_BINARY_DIR}/cmake/tineConfig.cmake"
    "${PROJECT_BINARY_DIR}/cmake/tineConfigVersion.cmake"
    "${PROJECT_SOURCE_DIR}/cmake/TineEnable.cmake"
    DESTINATION "${_package_dir}" COMPONENT static)

file(RELATIVE_PATH _pc_to_prefix "/x/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/x")
string(REGEX REPLACE "/$" "" _pc_to_prefix "${_pc_to_prefix}")
configure_file("${PROJECT_SOURCE_DIR}/cmake/tine.pc.in" "${PROJECT_BINARY_DIR}/cmake/tine.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/cmake/tine.pc"
    DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig" COMPONENT static)
