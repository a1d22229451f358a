#!/bin/sh
# cxx.sh INCLUDE FILE: compiles FILE as C++11 to C++20 with every compiler there is, in every mode.
for cxx in g++ clang++ clang++-14 clang++-19 clang++-22; do
    command -v $cxx > /dev/null || continue
    for std in c++11 c++17; do
        for mode in UNMARKED TINE_ANALYSIS TINE_SERIAL TINE_TRANSLATED; do
            $cxx -std=$std -Wall -Wextra -Wpedantic -Werror -D$mode -I"$1" -fsyntax-only "$2" || exit 1
        done
    done
done
