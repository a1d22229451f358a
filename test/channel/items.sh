#!/bin/sh
# Usage: items.sh INCLUDE_DIR OUTPUT
# Which types may be items: what may compiles without a warning; what may not is refused by an
# assertion that says why, not by an error somewhere in the header.
set -eu
include=$1
out=$2
source=$(dirname "$0")/items.c
warn="-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wcast-qual -Werror"
count=0

# try LANGUAGE ITEM: compiles; what the compiler says is in $out
try() {
    $compiler $1 $warn -fsyntax-only -I"$include" "-DITEM=$2" "$source" >"$out" 2>&1
}
taken() {
    try "$1" "$2" || { cat "$out"; echo "$compiler $1: refused: $2" >&2; exit 1; }
}
# refused LANGUAGE ITEM TEXT
refused() {
    ! try "$1" "$2" || { echo "$compiler $1: taken: $2" >&2; exit 1; }
    grep -q "channel items must .*$3" "$out" || {
        cat "$out"
        echo "$compiler $1: $2: does not say «$3»" >&2
        exit 1
    }
}

c="-x c -std=c11"
cxx="-x c++ -std=c++17"
for compiler in gcc clang; do
    command -v "$compiler" >/dev/null 2>&1 || continue
    count=$((count + 1))
    for item in 'unsigned long long' 'const char *' 'whole' 'int *restrict *' 'volatile int *'; do
        taken "$c" "$item"
    done
    taken "$c" 'struct { char text[3]; }' # written out in the declaration
    refused "$c" 'const int' const
    refused "$c" 'char *const' const
    refused "$c" 'volatile int' volatile
    refused "$c" 'int *restrict' restrict
    refused "$c" '_Atomic int' _Atomic
    refused "$c" 'int[3]' array

    $compiler $cxx -fsyntax-only - </dev/null 2>/dev/null || continue # no C++ here
    for item in 'unsigned long long' 'const char *' 'volatile int *'; do taken "$cxx" "$item"; done
    refused "$cxx" 'const int' const
    refused "$cxx" 'volatile int' volatile
    refused "$cxx" 'int[3]' array
    echo "$compiler: ok"
done
rm -f "$out"
[ "$count" -gt 0 ]
