#!/bin/sh
# Usage: headers.sh INCLUDE_DIR OUTPUT
# Every channel header compiles alone, as strict C11 and as C++17, without a warning, with every
# compiler that is here; and the whole runs, also where the caller has few registers (registers.c).
# No warning either of what a receive has written (received.c).
set -eu
include=$1
out=$2
source=$(dirname "$0")/headers.c
warn="-Wall -Wextra -Wpedantic -Wshadow -Wredundant-decls -Werror"
count=0

for compiler in gcc gcc-11 gcc-12 gcc-13 gcc-14 clang clang-13 clang-14 clang-16 clang-19 clang-22; do
    command -v "$compiler" >/dev/null 2>&1 || continue
    count=$((count + 1))
    case $compiler in
    gcc*) cxx=$(echo "$compiler" | sed 's/gcc/g++/') ;;
    *) cxx=$(echo "$compiler" | sed 's/clang/clang++/') ;;
    esac
    command -v "$cxx" >/dev/null 2>&1 || cxx=
    (cd "$include" && ls tine/channel.h tine/channel/*.h) | while read -r header; do
        "$compiler" -std=c11 $warn -fsyntax-only -I"$include" -DHEADER="<$header>" "$source"
        [ -z "$cxx" ] || "$cxx" -x c++ -std=c++17 $warn -fsyntax-only -I"$include" \
            -DHEADER="<$header>" "$source"
    done
    # Not promised, but the two extensions of C11 that it takes are there.
    "$compiler" -std=c99 -Wall -Wextra -Werror -fsyntax-only -I"$include" -DWHOLE \
        -DHEADER='<tine/channel.h>' "$source"
    for level in -O0 -O2; do
        "$compiler" -std=c11 $warn $level -I"$include" -DWHOLE -DHEADER='<tine/channel.h>' \
            "$source" -o "$out" -pthread
        "$out"
        [ -z "$cxx" ] || {
            "$cxx" -x c++ -std=c++17 $warn $level -I"$include" -DWHOLE \
                -DHEADER='<tine/channel.h>' "$source" -o "$out" -pthread
            "$out"
        }
    done
    "$compiler" -std=gnu11 $warn -fsyntax-only -I"$include" -DWHOLE -DHEADER='<tine/channel.h>' \
        -include unistd.h -include time.h "$source" # which have what os.h declares
    for flags in -O0 -O2 "-O1 -fsanitize=address"; do
        "$compiler" -std=c11 $warn $flags -I"$include" "$(dirname "$0")/registers.c" -o "$out" \
            -pthread
        "$out"
    done
    for level in -Og -O1 -O2 -O3; do
        "$compiler" -std=c11 $warn $level -I"$include" -c "$(dirname "$0")/received.c" -o "$out"
    done
    echo "$compiler ${cxx:-(no C++)}: ok"
done
rm -f "$out"
[ "$count" -gt 0 ]
