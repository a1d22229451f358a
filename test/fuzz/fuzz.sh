#!/bin/sh
# fuzz.sh BUILD SECONDS [libFuzzer option...]: builds the fuzz target with clang and runs it.
#
# BUILD: a configured build tree (for libclang's place). New inputs go to BUILD/fuzz/corpus, crashes to
# BUILD/fuzz. The corpus in the source tree is only read; what a crash teaches is put there by hand.
set -e
src=$(cd "$(dirname "$0")/../.." && pwd)
build=$(cd "$1" && pwd)
seconds=$2
shift 2
value() { sed -n "s/^$1:[A-Z]*=//p" "$build/CMakeCache.txt"; }
include=$(value LibClang_INCLUDE_DIR)
library=$(value LibClang_LIBRARY)
resources=$(value LibClang_RESOURCE_DIR)
version=$(value LibClang_VERSION)
clang=${TINE_FUZZ_CLANG:-$(value TINE_CLANG)}
mkdir -p "$build/fuzz/corpus"
cd "$build/fuzz"
sources=$(sed -n 's|^    \([a-z_]*\.c\))*$|'"$src"'/translator/\1|p' "$src/translator/CMakeLists.txt")
newest=$(ls -t $sources "$src"/translator/*.h "$src"/test/fuzz/translate.c translate 2>/dev/null | head -1)
if [ "$newest" != translate ]; then
    "$clang" -std=c11 -D_GNU_SOURCE -g -O1 -fsanitize=fuzzer,address,undefined \
        -fno-sanitize-recover=all -DTINE_VERSION='"fuzz"' -DTINE_RESOURCE_DIR="\"$resources\"" \
        -DTINE_LIBCLANG_VERSION="\"$version\"" -DTINE_INCLUDE="\"$src/include\"" -I"$src/translator" \
        -I"$include" "$src/test/fuzz/translate.c" $sources "$library" \
        -Wl,-rpath,"$(dirname "$library")" -o translate
fi
# A scare inside libclang itself is caught by its own crash recovery.
exec ./translate -dict="$src/test/fuzz/words.dict" -max_total_time="$seconds" -timeout=60 \
    -rss_limit_mb=4096 -max_len=4096 -print_final_stats=1 "$@" corpus "$src/test/fuzz/corpus" "$src/test/translate"
