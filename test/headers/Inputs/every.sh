#!/bin/sh
# every.sh INCLUDE FILE STANDARDS FLAGS...: compiles FILE with every gcc and clang that there is, in
# each of the standards (with commas between), without a warning. Fails at the first that does not.
include=$1 file=$2 standards=$(echo "$3" | tr , ' ')
shift 3
for cc in gcc clang clang-13 clang-14 clang-16 clang-19 clang-22; do
    command -v $cc > /dev/null || continue
    for std in $standards; do
        $cc -std=$std -Wall -Wextra -Werror -I"$include" -fsyntax-only "$@" "$file" || {
            echo "$cc -std=$std $*" >&2
            exit 1
        }
    done
done
