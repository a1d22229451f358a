#!/bin/sh
# every.sh OBJ SOURCE TMP [compiler flag...]
#
# What the lit substitution %every runs: translates SOURCE (its RUN and CHECK lines blanked) with the
# tools of the build tree OBJ into TMP.c, and lets gcc and clang, those of them that are named in
# TINE_TEST_COMPILERS, compile it under three standards without a warning. What -O2 and gnu17 make of it
# runs on one worker and on two, and so does the serial elision. Prints the translation, for FileCheck.
set -e
obj=$1 source=$2 out=$3
shift 3
here=$(dirname "$0")
warnings="-Wall -Wextra -Werror -D_GNU_SOURCE -I$obj/include"
sh "$here/translate.sh" "$obj/bin/tine" "$source" "$out.c" -Wno-tine -- -O2 "$@"
sh "$here/translate.sh" "$obj/bin/tine" "$source" "$out.serial.c" --serial -Wno-tine -- -O2 "$@"
for cc in $TINE_TEST_COMPILERS; do
    # shellcheck disable=SC2086  # lists of flags
    for standard in c11 c2x; do
        "$cc" -std=$standard $warnings "$@" -fsyntax-only "$out.c"
    done
    "$cc" -std=gnu17 -O2 $warnings "$@" "$out.c" -o "$out.exe" "$obj/lib/libtine.a" -pthread -lm $TINE_TEST_FLAGS
    for workers in 1 2; do
        TINE_WORKERS=$workers timeout 60 "$out.exe"
    done
done
"$cc" -std=gnu17 $warnings "$@" "$out.serial.c" -o "$out.exe" -lm $TINE_TEST_FLAGS
timeout 60 "$out.exe"
cat "$out.c"
