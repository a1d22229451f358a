#!/bin/sh
# app.sh CMAKE GENERATOR FROM WHERE WORK CC: builds the project beside this file with the generator, gets
# Tine from a package (WHERE: its prefix) or from sources (WHERE: its source tree), and checks that
# the program is right and that rebuilds are exact.
set -eu
cmake=$1 generator=$2 from=$3 where=$4 work=$5 cc=$6
rm -rf "$work"
mkdir -p "$work"
cp -r "$(dirname "$0")/app" "$work/src"
cd "$work"
unset TINE_CC
if [ "$from" = package ]; then # a copy of its own, to be touched
    cp -r "$where" prefix
    where=$work/prefix
fi

die() {
    echo "app.sh: $*" >&2
    exit 1
}

build() {
    "$cmake" --build build $config -j 2 > log 2>&1 || {
        cat log >&2
        die "the build failed"
    }
}

# The object files that are newer than the stamp, without their directories.
rebuilt() {
    find build -name '*.c.o' -newer stamp -not -path '*/tine/*' -not -path '*_deps*' \
        | sed 's,.*/,,' | sort | tr '\n' ' '
}

# expect WHAT OBJECTS: builds, and compares what was compiled.
expect() {
    build
    now=$(rebuilt)
    [ "$now" = "$2" ] || die "after $1 it compiled '$now', not '$2'"
}

# Time stamps have to differ by more than the clock tick that file systems use.
stamp() {
    sleep 0.2
    touch stamp
    sleep 0.2
}

config=
case $generator in
*Multi*) config="--config Debug" ;;
esac
"$cmake" -S src -B build -G "$generator" -DTINE_FROM="$from" -DTINE_SOURCE="$where" \
    -DCMAKE_PREFIX_PATH="$where" -DCMAKE_C_COMPILER="$cc" > log 2>&1 || {
    cat log >&2
    die "configuring failed"
}
build
program=build/app
[ -z "$config" ] || program=build/Debug/app
[ "$($program)" = 116 ] || die "the program says $($program), not 116"

stamp
expect "nothing" ""
touch src/used.h
expect "touching a header" "main.c.o "
stamp
touch src/part.c
expect "touching a source" "part.c.o "
stamp
touch src/other.c
expect "touching a source of a unity build" "unity_0_c.c.o "
stamp
if [ "$from" = package ]; then # what is not translated does not depend on the translator
    touch "$where/bin/tine"
    expect "a new translator" "dynamic.c.o main.c.o part.c.o unity_0_c.c.o warned.c.o "
else
    touch "$(find build -type f -name tine -perm -u+x)"
    expect "a new translator" "dynamic.c.o main.c.o part.c.o plain.c.o serial.c.o unity_0_c.c.o warned.c.o "
fi
stamp
sed -i 's/USED 10/USED 20/' src/used.h
build
[ "$($program)" = 416 ] || die "the program says $($program), not 416"

# An error in the source stops the build, at the user's line, with no object left to link.
printf '\nint broken(void)\n{\n    return undeclared;\n}\n' >> src/main.c
if "$cmake" --build build $config > log 2>&1; then
    die "an error in main.c did not stop the build"
fi
grep -q 'main.c:22:12: error: ' log || {
    cat log >&2
    die "the error is not reported at main.c:22:12"
}

# The compile database has the user's own files and commands, in the mode that editors read.
case $generator in
*Multi*) ;;
*)
    grep -q '"file": ".*/src/main.c"' build/compile_commands.json || die "main.c is not in the database"
    grep -q 'DTINE_ANALYSIS' build/compile_commands.json || die "no -DTINE_ANALYSIS in the database"
    if command -v clangd > /dev/null; then
        clangd --check=src/part.c --compile-commands-dir=build > log 2>&1 || {
            cat log >&2
            die "clangd finds errors in part.c"
        }
        grep -q 'All checks completed, 0 errors' log || die "clangd did not check part.c"
    fi
    ;;
esac
