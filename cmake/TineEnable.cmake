# tine_enable(<target>... [OPTIONS <tinecc option>...])
#
# Lets the C sources of the targets use spawn and sync. The sources stay the target's sources and the
# commands stay theirs: tinecc stands before the compiler as its C_COMPILER_LAUNCHER, in front of a
# launcher that is there already (ccache). The targets link libtine: the static one, and the shared one
# in shared libraries and modules. OPTIONS are tinecc's own, such as -Wno-tine-never-synced.
#
# The compile database gets -DTINE_ANALYSIS, by which clangd and clang-tidy read the sources; tinecc
# takes it away. A launcher that is set later would take tinecc away: that is an error when the whole
# project has been read.
#
# Serves in Tine's own tree, below add_subdirectory() and FetchContent, and from the installed package,
# which sets TINE_TINECC and TINE_TRANSLATOR to the installed programs.

# In-tree: objects depend on the tools' files, so that a rebuilt translator rebuilds what it
# translates. Deferred to the end of the target's directory, for sources may be added until then.
function(_tine_depend_on_tools target)
    get_target_property(sources ${target} SOURCES)
    if(NOT sources)
        return()
    endif()
    foreach(source IN LISTS sources)
        if(source MATCHES "\\.c$" AND NOT source MATCHES "\\$<")
            # A depfile names the tools too, but by absolute paths, which Ninja does not know as
            # outputs of this build.
            set_property(SOURCE "${source}" TARGET_DIRECTORY ${target} APPEND PROPERTY
                OBJECT_DEPENDS "${TINE_TINECC};${TINE_TRANSLATOR}")
        endif()
    endforeach()
endfunction()

function(_tine_link target)
    get_target_property(type ${target} TYPE)
    set(library tine::tine)
    if(type STREQUAL "SHARED_LIBRARY" OR type STREQUAL "MODULE_LIBRARY")
        set(library tine::shared)
    endif()
    # By property: target_link_libraries() would forbid the target its other signature.
    set_property(TARGET ${target} APPEND PROPERTY LINK_LIBRARIES ${library})
    if(type STREQUAL "OBJECT_LIBRARY")
        set_property(TARGET ${target} APPEND PROPERTY INTERFACE_LINK_LIBRARIES ${library})
    elseif(type STREQUAL "STATIC_LIBRARY")
        set_property(TARGET ${target} APPEND PROPERTY
            INTERFACE_LINK_LIBRARIES $<LINK_ONLY:${library}>)
    endif()
endfunction()

# What has no C sources of its own to compile, or is not this project's.
function(_tine_check_kind target)
    get_target_property(aliased ${target} ALIASED_TARGET)
    if(aliased)
        message(FATAL_ERROR "tine_enable: '${target}' is an alias; name the target itself, '${aliased}'")
    endif()
    get_target_property(type ${target} TYPE)
    get_target_property(imported ${target} IMPORTED)
    if(imported)
        message(FATAL_ERROR "tine_enable: '${target}' is imported: nothing of it is compiled here")
    elseif(type STREQUAL "INTERFACE_LIBRARY" OR type STREQUAL "UTILITY")
        message(FATAL_ERROR "tine_enable: '${target}' compiles nothing (its type is ${type}); "
            "enable the targets that have the sources")
    endif()
endfunction()

function(_tine_check_launcher target)
    get_target_property(launcher ${target} C_COMPILER_LAUNCHER)
    if(NOT launcher)
        set(launcher "nothing")
    endif()
    list(GET launcher 0 first)
    if(NOT first STREQUAL "${TINE_TINECC}")
        message(FATAL_ERROR "tine_enable: '${target}' would not be translated, for its property "
            "C_COMPILER_LAUNCHER was set to ${launcher} after tine_enable(${target}); set it before")
    endif()
endfunction()

function(tine_enable)
    cmake_parse_arguments(PARSE_ARGV 0 arg "" "" "OPTIONS")
    set(targets ${arg_UNPARSED_ARGUMENTS})
    if(NOT targets)
        message(FATAL_ERROR "tine_enable: no target named")
    endif()
    get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
    if(NOT "C" IN_LIST languages)
        message(FATAL_ERROR "tine_enable: the project has no C; say project(... LANGUAGES C)")
    endif()
    if(NOT CMAKE_C_COMPILER_ID MATCHES "GNU|Clang")
        message(FATAL_ERROR "tine_enable: the C compiler is ${CMAKE_C_COMPILER_ID}; "
            "Tine works with gcc and clang")
    endif()
    if(NOT TINE_TINECC)
        message(FATAL_ERROR "tine_enable: there is no tinecc, neither with this libtine nor on the PATH")
    endif()
    foreach(target IN LISTS targets)
        if(NOT TARGET ${target})
            message(FATAL_ERROR "tine_enable: there is no target '${target}'")
        endif()
        _tine_check_kind(${target})
        get_target_property(enabled ${target} TINE_ENABLED)
        if(enabled)
            continue()
        endif()
        set_property(TARGET ${target} PROPERTY TINE_ENABLED TRUE)
        _tine_link(${target})
        target_compile_definitions(${target} PRIVATE $<$<COMPILE_LANGUAGE:C>:TINE_ANALYSIS>)
        get_filename_component(compiler "${CMAKE_C_COMPILER}" NAME)
        if(compiler MATCHES "^tinecc")
            continue() # the compiler translates by itself
        endif()
        get_target_property(launcher ${target} C_COMPILER_LAUNCHER)
        if(NOT launcher)
            set(launcher "")
        endif()
        list(LENGTH launcher words)
        math(EXPR words "${words} + 1")
        set_property(TARGET ${target} PROPERTY C_COMPILER_LAUNCHER
            "${TINE_TINECC}" "--launcher=${words}" ${arg_OPTIONS} -- ${launcher})
        cmake_language(EVAL CODE "cmake_language(DEFER DIRECTORY [[${CMAKE_SOURCE_DIR}]]
            CALL _tine_check_launcher ${target})")
        if(TARGET tinecc AND TARGET tine_translator)
            add_dependencies(${target} tinecc tine_translator)
            if(CMAKE_CONFIGURATION_TYPES)
                continue() # the tools' paths hold the configuration; the depfiles name them
            endif()
            get_target_property(dir ${target} SOURCE_DIR)
            cmake_language(EVAL CODE
                "cmake_language(DEFER DIRECTORY [[${dir}]] CALL _tine_depend_on_tools ${target})")
        endif()
    endforeach()
endfunction()
