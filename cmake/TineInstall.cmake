# Install rules: programs, libraries, headers, the CMake package, the pkg-config file.

include(CMakePackageConfigHelpers)

set(_package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/tine")

set_target_properties(tine_static PROPERTIES EXPORT_NAME tine)
set_target_properties(tine_shared PROPERTIES EXPORT_NAME shared)
set_target_properties(tine_headers PROPERTIES EXPORT_NAME headers)
target_include_directories(tine_headers INTERFACE
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)

if(TINE_BUILD_TRANSLATOR)
    install(TARGETS tine_translator tinecc
        RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT translator)
endif()
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

set(_man "${PROJECT_SOURCE_DIR}/docs/man")
install(FILES "${_man}/tine.1" "${_man}/tinecc.1"
    DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" COMPONENT translator)
install(FILES "${_man}/spawn.3tine" "${_man}/channel.3tine"
    DESTINATION "${CMAKE_INSTALL_MANDIR}/man3" COMPONENT static)
# bash-completion finds a command's completion by its file name.
foreach(_command tine tinecc)
    install(FILES "${PROJECT_SOURCE_DIR}/cmake/completion/tinecc"
        DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions" RENAME ${_command}
        COMPONENT translator)
endforeach()
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE"
    DESTINATION "${CMAKE_INSTALL_DOCDIR}" RENAME copyright COMPONENT translator)

# ---- cpack -G DEB: one package with everything, for the prefix /usr -----------------------------------
if(TINE_TOP_LEVEL AND TINE_BUILD_TRANSLATOR)
    set(CPACK_PACKAGE_NAME tine)
    set(CPACK_PACKAGE_VENDOR "Tine")
    set(CPACK_PACKAGE_CONTACT "The Tine authors")
    set(CPACK_PACKAGE_VERSION "${PROJECT_VERSION}")
    set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
    set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
    set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
    set(CPACK_STRIP_FILES ON)
    set(CPACK_GENERATOR TGZ DEB)
    set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
    set(CPACK_DEBIAN_PACKAGE_SECTION devel)
    set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
    # libclang parses with the headers of its own version; the compiler behind is any.
    set(CPACK_DEBIAN_PACKAGE_DEPENDS
        "libclang-common-${LibClang_VERSION}-dev, gcc | clang | c-compiler, libc6-dev | libc-dev")
    set(CPACK_DEBIAN_PACKAGE_MAINTAINER "The Tine authors <tine@localhost>")
    include(CPack)
endif()
