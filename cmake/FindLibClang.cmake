# Finds libclang, its header clang-c/Index.h and the resource directory of the same version.
#
# Any version >= 14 serves. The newest one found is taken; choose another with
# -DTINE_LLVM_VERSION=14 or -DLibClang_ROOT=/usr/lib/llvm-14.
#
# Gives the imported target LibClang::LibClang and
#   LibClang_FOUND, LibClang_VERSION (major), LibClang_RESOURCE_DIR (holds include/stddef.h).

set(TINE_LLVM_VERSION "" CACHE STRING "Major version of libclang to use; empty: the newest found")

# Another wish than last time: forget what was found.
if(NOT "${LibClang_WISH}" STREQUAL "${TINE_LLVM_VERSION};${LibClang_ROOT}")
    unset(LibClang_LIBRARY CACHE)
    unset(LibClang_INCLUDE_DIR CACHE)
    unset(LibClang_RESOURCE_DIR CACHE)
    set(LibClang_WISH "${TINE_LLVM_VERSION};${LibClang_ROOT}" CACHE INTERNAL "")
endif()

# Candidate prefixes, best first.
set(_libclang_prefixes "")
if(LibClang_ROOT)
    list(APPEND _libclang_prefixes "${LibClang_ROOT}")
elseif(TINE_LLVM_VERSION)
    list(APPEND _libclang_prefixes "/usr/lib/llvm-${TINE_LLVM_VERSION}"
        "/usr/lib/llvm${TINE_LLVM_VERSION}" "/usr/local/opt/llvm@${TINE_LLVM_VERSION}"
        "/opt/homebrew/opt/llvm@${TINE_LLVM_VERSION}")
else()
    file(GLOB _libclang_found LIST_DIRECTORIES true "/usr/lib/llvm-*" "/usr/lib/llvm[0-9]*")
    list(SORT _libclang_found COMPARE NATURAL ORDER DESCENDING)
    list(APPEND _libclang_prefixes ${_libclang_found} "/usr/local/opt/llvm" "/opt/homebrew/opt/llvm"
        "/usr/local" "/usr")
endif()

set(_libclang_seen "")
foreach(_prefix IN LISTS _libclang_prefixes)
    if(LibClang_LIBRARY AND LibClang_INCLUDE_DIR)
        break()
    endif()
    unset(_libclang_lib CACHE)
    unset(_libclang_inc CACHE)
    find_library(_libclang_lib NAMES clang libclang PATHS "${_prefix}"
        PATH_SUFFIXES lib lib64 "lib/${CMAKE_LIBRARY_ARCHITECTURE}" NO_DEFAULT_PATH)
    find_path(_libclang_inc clang-c/Index.h PATHS "${_prefix}/include" NO_DEFAULT_PATH)
    if(_libclang_lib AND _libclang_inc)
        # CINDEX_VERSION_MINOR is 62 in LLVM 14 and grew in every release but one.
        file(STRINGS "${_libclang_inc}/clang-c/Index.h" _minor
            REGEX "^#define CINDEX_VERSION_MINOR [0-9]+")
        string(REGEX MATCH "[0-9]+$" _minor "${_minor}")
        if(_minor GREATER_EQUAL 62)
            set(LibClang_LIBRARY "${_libclang_lib}" CACHE FILEPATH "libclang")
            set(LibClang_INCLUDE_DIR "${_libclang_inc}" CACHE PATH "Where clang-c/Index.h is")
            set(LibClang_PREFIX "${_prefix}" CACHE INTERNAL "Prefix libclang was found in")
        else()
            string(APPEND _libclang_seen "\n  ${_libclang_lib}: older than LLVM 14")
        endif()
    elseif(_libclang_lib)
        string(APPEND _libclang_seen "\n  ${_libclang_lib}: without its header clang-c/Index.h")
    endif()
endforeach()
unset(_libclang_lib CACHE)
unset(_libclang_inc CACHE)

# The resource directory is .../lib/clang/VERSION beside the library, with VERSION 14.0.6 or 19.
if(LibClang_LIBRARY AND NOT LibClang_RESOURCE_DIR)
    get_filename_component(_libclang_dir "${LibClang_LIBRARY}" DIRECTORY)
    file(GLOB _dirs LIST_DIRECTORIES true "${_libclang_dir}/clang/*"
        "${LibClang_PREFIX}/lib/clang/*" "${LibClang_PREFIX}/lib64/clang/*")
    list(SORT _dirs COMPARE NATURAL ORDER DESCENDING)
    foreach(_dir IN LISTS _dirs)
        if(EXISTS "${_dir}/include/stddef.h")
            set(LibClang_RESOURCE_DIR "${_dir}" CACHE PATH
                "Resource directory of the same clang: holds include/stddef.h")
            break()
        endif()
    endforeach()
    if(NOT LibClang_RESOURCE_DIR)
        string(APPEND _libclang_seen
            "\n  ${LibClang_LIBRARY}: without its own headers (stddef.h); "
            "Debian has them in libclang-common-NN-dev")
    endif()
endif()
if(LibClang_RESOURCE_DIR MATCHES "/clang/([0-9]+)[^/]*$")
    set(LibClang_VERSION "${CMAKE_MATCH_1}" CACHE INTERNAL "Major version of the libclang found")
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LibClang
    REQUIRED_VARS LibClang_LIBRARY LibClang_INCLUDE_DIR LibClang_RESOURCE_DIR
    VERSION_VAR LibClang_VERSION
    REASON_FAILURE_MESSAGE "Tine needs libclang 14 or newer with its headers.${_libclang_seen}
Install it: apt-get install libclang-dev (Debian, Ubuntu), dnf install clang-devel (Fedora), \
pacman -S clang (Arch), brew install llvm (macOS). \
If it is elsewhere, say so with -DLibClang_ROOT=PREFIX.")
mark_as_advanced(LibClang_LIBRARY LibClang_INCLUDE_DIR LibClang_RESOURCE_DIR)

if(LibClang_FOUND AND NOT TARGET LibClang::LibClang)
    add_library(LibClang::LibClang UNKNOWN IMPORTED)
    set_target_properties(LibClang::LibClang PROPERTIES
        IMPORTED_LOCATION "${LibClang_LIBRARY}")
    # On Debian Index.h has its own prefix; a system directory must not be named again.
    if(NOT LibClang_INCLUDE_DIR STREQUAL "/usr/include")
        set_target_properties(LibClang::LibClang PROPERTIES
            INTERFACE_INCLUDE_DIRECTORIES "${LibClang_INCLUDE_DIR}")
    endif()
endif()
