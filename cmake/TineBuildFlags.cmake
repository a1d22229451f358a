# How Tine's own code is compiled: language level, warnings, default build type, sanitizers.
# Directory-scoped, so that nothing here reaches a project that uses Tine by add_subdirectory().

if(TINE_TOP_LEVEL AND NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    # -O2 -g -DNDEBUG: optimised, with debug info, assertions off.
    set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING
        "RelWithDebInfo, Release, Debug or MinSizeRel" FORCE)
endif()

set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_C_VISIBILITY_PRESET hidden)

set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)

# -std=c11 hides POSIX and GNU functions; Tine's own sources see them all.
# Empty, as a source that defines it itself does; g++ defines it by itself.
add_compile_definitions($<$<COMPILE_LANGUAGE:C>:_GNU_SOURCE=>)
add_compile_options(-Wall -Wextra
    $<$<COMPILE_LANGUAGE:C>:-Wmissing-prototypes> $<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes>)
if(TINE_WERROR)
    add_compile_options(-Werror)
endif()

if(TINE_SANITIZE)
    if(NOT TINE_SANITIZE MATCHES "^[a-z,-]+$")
        message(FATAL_ERROR
            "TINE_SANITIZE is '${TINE_SANITIZE}'; write for example address,undefined or thread")
    endif()
    add_compile_options(-fsanitize=${TINE_SANITIZE} -fno-sanitize-recover=all
        -fno-omit-frame-pointer -O1)
    add_link_options(-fsanitize=${TINE_SANITIZE})
endif()
