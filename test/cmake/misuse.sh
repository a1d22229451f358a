#!/bin/sh
# misuse.sh CMAKE PREFIX WORK CC: what tine_enable() refuses, each with a message that says what to do.
set -eu
cmake=$1 prefix=$2 work=$3 cc=$4
rm -rf "$work"
mkdir -p "$work/src/below"
cd "$work"
cat > src/app.c << 'EOF'
#include <tine.h>
static int f(int n) { return n; }
int main(void) { flowvar(int) x = spawn f(0); return sync(x); }
EOF
cp src/app.c src/below

# project LINES...: the rest of the project file. The target app is there, and the library some.
project() {
    {
        echo 'cmake_minimum_required(VERSION 3.20)'
        echo 'project(misuse LANGUAGES C)'
        echo 'find_package(tine REQUIRED)'
        echo 'add_executable(app app.c)'
        echo 'add_library(some STATIC app.c)'
        printf '%s\n' "$@"
    } > src/CMakeLists.txt
    rm -rf build
    "$cmake" -S src -B build -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_C_COMPILER="$cc" > log 2>&1
}

# refuses MESSAGE LINES...: configuring ends with that message (line breaks are CMake's).
refuses() {
    message=$1
    shift
    if project "$@"; then
        echo "misuse.sh: not refused: $*" >&2
        exit 1
    fi
    tr -s ' \n' '  ' < log | grep -qF "$message" || {
        cat log >&2
        echo "misuse.sh: no '$message'" >&2
        exit 1
    }
}

refuses "'app' would not be translated, for its property C_COMPILER_LAUNCHER was set to nothing after tine_enable(app); set it before" \
    'tine_enable(app)' 'set_property(TARGET app PROPERTY C_COMPILER_LAUNCHER "")'
refuses "C_COMPILER_LAUNCHER was set to env;ccache after tine_enable(app)" \
    'tine_enable(app)' 'set_target_properties(app PROPERTIES C_COMPILER_LAUNCHER "env;ccache")'
echo 'add_executable(deep app.c)
tine_enable(deep)' > src/below/CMakeLists.txt
refuses "'deep' would not be translated" 'add_subdirectory(below)' \
    'set_property(TARGET deep PROPERTY C_COMPILER_LAUNCHER "")'
refuses "'an::alias' is an alias; name the target itself, 'some'" \
    'add_library(an::alias ALIAS some)' 'tine_enable(an::alias)'
refuses "'face' compiles nothing (its type is INTERFACE_LIBRARY); enable the targets that have the sources" \
    'add_library(face INTERFACE)' 'tine_enable(face)'
refuses "'tine::tine' is imported" 'tine_enable(tine::tine)'
refuses "there is no target 'none'" 'tine_enable(none)'

# Set before, a launcher is kept behind tinecc; and one target enabled from another directory.
echo 'tine_enable(some)' > src/below/CMakeLists.txt
project 'set_property(TARGET app PROPERTY C_COMPILER_LAUNCHER env A=1)' 'tine_enable(app)' \
    'add_subdirectory(below)' || {
    cat log >&2
    exit 1
}
"$cmake" --build build > log 2>&1 && build/app || {
    cat log >&2
    exit 1
}
