#!/bin/sh
# port.sh NAME BUILD WORK: a program of Debian's, built from its source package with cc and with tinecc.
#
# NAME.patch, where there is one, puts `spawn` at the program's hot spot: the patched program must pass
# the program's own tests and give the same bytes with one worker and with two. Programs without a patch
# have no Tine word: their own tests must give with tinecc what they give with cc.
#
# What is built stays in WORK/NAME, cc/ beside tine/, for measure.py. Sources come by apt-get, with lists
# of its own, so that the machine's configuration stays as it is. Exit status 77: no sources here.
set -eu
name=$1 build=$2 work=$3
here=$(cd "$(dirname "$0")" && pwd)
tinecc=$build/bin/tinecc
unset TINE_CC TINE_WORKERS CC CFLAGS LDFLAGS MAKEFLAGS DESTDIR

die() {
    echo "port.sh $name: $*" >&2
    exit 1
}

skip() {
    echo "port.sh $name: left out: $*" >&2
    exit 77
}

# Runs a step; its output goes to a log, and is shown when it fails.
step() {
    timeout 600 "$@" > "$work/$name/log" 2>&1 < /dev/null || {
        tail -n 60 "$work/$name/log" >&2
        die "failed: $*"
    }
}

# apt-get with the source packages of the distribution's own archives, in a directory of its own.
apt_source() {
    apt=$work/apt
    set -- -q -o Dir::Etc::sourcelist="$apt/sources.list" -o Dir::Etc::sourceparts=/dev/null \
        -o Dir::State::lists="$apt/lists" -o Dir::Cache="$apt/cache" -o APT::Sandbox::User=root \
        -o Acquire::Retries=1 -o Acquire::http::Timeout=30 "$@"
    timeout 120 apt-get "$@" > "$apt/log" 2>&1 < /dev/null
}

fetch() {
    command -v apt-get > /dev/null && command -v dpkg-source > /dev/null || skip "no apt-get and dpkg-dev"
    mkdir -p "$work/apt/lists/partial" "$work/apt/cache/archives/partial"
    (
        flock 9 # the lists serve all ports, which may run at once
        [ -s "$work/apt/complete" ] && exit 0
        apt-get indextargets --format 'deb-src $(REPO_URI) $(RELEASE) $(COMPONENT)' \
            'Created-By: Packages' 'Component: main' 'Origin: Debian' > "$work/apt/sources.list"
        apt-get indextargets --format 'deb-src $(REPO_URI) $(RELEASE) $(COMPONENT)' \
            'Created-By: Packages' 'Origin: Ubuntu' >> "$work/apt/sources.list"
        sort -u -o "$work/apt/sources.list" "$work/apt/sources.list"
        apt_source update && echo yes > "$work/apt/complete"
    ) 9> "$work/apt/lock" || skip "apt-get update of deb-src lists failed"
    (cd "$work/$name" && apt_source source --download-only "$name") \
        || skip "apt-get source $name failed"
    (cd "$work/$name" && dpkg-source --no-check -x ./*.dsc source > /dev/null 2>&1) \
        || die "dpkg-source failed"
}

# Two copies to build: as it is, and with the patch.
copies() {
    cp -r source cc
    cp -r source tine
    [ ! -f "$here/$name.patch" ] || patch -d tine -p1 -s < "$here/$name.patch" \
        || die "the patch does not apply"
}

# same FILE-OPTION PROGRAM ARGUMENT...: what the two programs write, with one worker and with two.
same() {
    program=$1
    shift
    "cc/$program" "$@" > expected
    for workers in 1 2; do
        TINE_WORKERS=$workers timeout 120 "tine/$program" "$@" > given || die "$program failed"
        cmp expected given || die "$program gives something else with $workers workers"
    done
    [ -s expected ] || die "$program gives nothing"
}

# A text that every machine with a compiler has.
text() {
    cat "$here"/../../docs/*.md "$here"/../../translator/*.c | head -c "$1"
}

# autotools COMPILER: configures, builds and tests, here; prints the result of each test.
autotools() {
    step ./configure CC="$1" --disable-dependency-tracking
    step make -j2 MAKEINFO=true
    step make check MAKEINFO=true
    grep -E '^(PASS|FAIL|ERROR|XFAIL|XPASS|SKIP): ' "$work/$name/log" | sort
}

cmake_build() {
    source=$1 cc=$2
    shift 2
    step cmake -S "$source" -B . -DCMAKE_C_COMPILER="$cc" -DCMAKE_POLICY_VERSION_MINIMUM=3.5 "$@"
    step cmake --build . -j 2
}

rm -rf "${work:?}/$name"
mkdir -p "$work/$name"
cd "$work/$name"
fetch
copies
case $name in
bzip2) # make, which runs its tests too
    (cd cc && step make CC=cc)
    (cd tine && step make CC="$tinecc")
    text 2000000 > text
    same bzip2 -c text
    ;;
gzip) # autotools
    (cd cc && autotools cc) > cc.tests
    (cd tine && autotools "$tinecc") > tine.tests
    diff cc.tests tine.tests || die "its tests give something else with tinecc"
    ;;
cjson) # CMake
    for cc in cc tine; do
        mkdir "build-$cc"
        compiler=$tinecc
        [ $cc = tine ] || compiler=cc
        (cd build-$cc && cmake_build ../source "$compiler" -DENABLE_CJSON_UTILS=ON \
            && step ctest --output-on-failure && grep -o 'Test *#.*\(Passed\|Failed\)' ../log) > $cc.tests
    done
    diff cc.tests tine.tests || die "its tests give something else with tinecc"
    ;;
zopfli) # make; it has no tests: what it packs must be the same, and unpack
    (cd cc && step make CC=cc zopfli)
    (cd tine && step make CC="$tinecc" zopfli)
    text 300000 > text
    same zopfli -c text
    gzip -dc < given | cmp - text || die "gzip does not give the text back"
    ;;
potrace) # autotools
    (cd cc && step ./configure CC=cc --disable-dependency-tracking && step make -j2)
    (cd tine && autotools "$tinecc") > tine.tests
    if grep -Ev '^(PASS|SKIP)' tine.tests || ! grep -q PASS tine.tests; then
        die "its tests fail with tinecc"
    fi
    python3 "$here/picture.py" 1200 > picture.pbm
    same src/potrace picture.pbm -o -
    ;;
kissfft) # CMake; its tests want FFTW and numpy to compare with
    for what in cc tine; do
        mkdir "build-$what"
        compiler=$tinecc
        [ $what = tine ] || compiler=cc
        (cd build-$what && cmake_build ../$what "$compiler" -DKISSFFT_STATIC=ON -DKISSFFT_TEST=ON \
            -DKISSFFT_TOOLS=OFF -DKISSFFT_PKGCONFIG=OFF -DPYTHON_EXECUTABLE=/usr/bin/python3 \
            && TINE_WORKERS=2 step ctest --output-on-failure)
    done
    ;;
*)
    die "no such port"
    ;;
esac
[ -z "$(find . -name '*.tine.c' -o -name 'tinecc-*')" ] || die "something of tinecc's is left"
echo "$name: as with cc"
