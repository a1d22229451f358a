#!/bin/sh
# tools.sh WHAT PREFIX BUILD CMAKE WORK: uses an installed Tine (PREFIX) as build tools other than CMake do.
# Exit status 77: the tool is not here.
set -eu
what=$1 prefix=$2 build=$3 cmake=$4 work=$5
here=$(cd "$(dirname "$0")" && pwd)
rm -rf "$work"
mkdir -p "$work"
cd "$work"
PATH=$prefix/bin:$PATH
export PATH
unset TINE_CC TINE_WORKERS CFLAGS CC

die() {
    echo "tools.sh $what: $*" >&2
    exit 1
}

need() {
    for tool in "$@"; do
        command -v "$tool" > /dev/null || {
            echo "no $tool here" >&2
            exit 77
        }
    done
}

says_42() {
    [ "$("$@")" = 42 ] || die "$1 says $("$@"), not 42"
}

# Compiles and runs the little program with the tinecc that is given.
compiles() {
    "$1" -O1 -Wall -Wextra -Werror "$here/make/main.c" "$here/make/half.c" -o compiled
    says_42 ./compiled
}

case $what in
make)
    need make
    cp "$here"/make/* .
    make -j4 > log
    says_42 ./program
    make -q program || die "a second make has something to do"
    sleep 0.2
    touch half.h
    make > log
    grep -q 'main\.c' log && grep -q 'half\.c' log || die "touching half.h did not rebuild its users"
    sed -i 's/21/4/' half.h
    sleep 0.2
    sed -i 's/$/ /' half.h
    make > log
    [ "$(./program)" = 8 ] || die "a changed header did not change the program"
    ;;
autotools)
    need autoreconf automake make
    cp "$here"/make/*.[ch] "$here"/autotools/* .
    autoreconf -i > log 2>&1 || {
        cat log >&2
        die "autoreconf failed"
    }
    mkdir out
    cd out
    ../configure CC=tinecc > log 2>&1 || {
        cat log >&2
        die "configure failed"
    }
    make -j4 > log 2>&1 || {
        cat log >&2
        die "make failed"
    }
    says_42 ./program
    sleep 0.2
    touch ../half.h
    make > log 2>&1
    grep -q 'half\.c' log || die "touching half.h did not rebuild half.c"
    make distcheck DISTCHECK_CONFIGURE_FLAGS=CC=tinecc > log 2>&1 || {
        tail -n 40 log >&2
        die "make distcheck failed"
    }
    ;;
meson)
    need meson ninja
    cp "$here"/make/*.[ch] "$here"/meson/* .
    CC=tinecc meson setup out > log 2>&1 || {
        cat log >&2
        die "meson setup failed"
    }
    ninja -C out > log || {
        cat log >&2
        die "ninja failed"
    }
    says_42 out/program
    ninja -C out | grep -q 'no work to do' || die "a second ninja has something to do"
    sleep 0.2
    touch half.h
    ninja -C out > log
    grep -q '\[[0-9]*/3\]' log || {
        cat log >&2
        die "touching half.h did not rebuild both sources and the program"
    }
    ;;
pkgconfig)
    need pkg-config
    PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name tine.pc)")
    export PKG_CONFIG_PATH
    pkg-config --validate tine || die "tine.pc is not valid"
    tinecc=$(pkg-config --variable=tinecc tine)
    "$tinecc" -c "$here/make/main.c" -o main.o
    # shellcheck disable=SC2046  # lists of flags
    cc main.o "$here/make/half.c" $(pkg-config --cflags --libs tine) \
        -Wl,-rpath,"$(pkg-config --variable=libdir tine)" -o program
    says_42 ./program
    ;;
moved)
    cp -r "$prefix" elsewhere
    "$cmake" -E env PATH=/usr/bin:/bin "$work/elsewhere/bin/tinecc" "$here/make/main.c" \
        "$here/make/half.c" -v -o program 2> log
    says_42 ./program
    if grep -F "$prefix" log; then
        die "the moved driver uses the prefix it was moved from"
    fi
    if grep -rlIF -e "$build" -e "$prefix" elsewhere; then
        die "these installed files name the build tree or the prefix"
    fi
    ;;
destdir)
    DESTDIR=$work/root "$cmake" --install "$build" --prefix /usr/local > log
    compiles "$work/root/usr/local/bin/tinecc"
    for page in man1/tine.1 man1/tinecc.1 man3/spawn.3tine man3/channel.3tine; do
        [ -s "root/usr/local/share/man/$page" ] || die "no $page was installed"
        ! command -v groff > /dev/null || {
            groff -man -Tutf8 -ww -z "root/usr/local/share/man/$page" 2> log
            [ ! -s log ] || die "$page: $(cat log)"
        }
    done
    [ -z "$(find root -type d -perm -o+w)" ] || die "world-writable directories"
    ;;
completion)
    need bash
    bash -c 'compopt() { :; }
        for c in tine tinecc; do source "$1/share/bash-completion/completions/$c" || exit; done
        COMP_WORDS=(tinecc --tine-l) COMP_CWORD=1
        _tinecc
        [[ "${COMPREPLY[*]}" == *--tine-lib=static* ]] || exit
        COMP_WORDS=(tine --form) COMP_CWORD=1
        _tine
        [[ "${COMPREPLY[*]}" == *--format=json* ]]' _ "$prefix" || die "completion does not complete"
    ;;
deb)
    need dpkg-deb dpkg-shlibdeps file cpack
    cpack -G DEB -B out --config "$build/CPackConfig.cmake" > log 2>&1 || {
        cat log >&2
        die "cpack failed"
    }
    deb=$(find out -maxdepth 1 -name 'tine_*.deb')
    dpkg-deb --field "$deb" Depends > depends
    grep -q 'libclang1-[0-9]' depends || die "no dependency on libclang"
    grep -q 'libclang-common-[0-9][0-9]*-dev' depends || die "no dependency on libclang's headers"
    dpkg-deb --extract "$deb" root
    compiles "$work/root/usr/bin/tinecc"
    [ -s root/usr/share/doc/tine/copyright ] || die "no copyright file"
    # Installed by dpkg into a root of its own, used, removed: nothing is left.
    if [ "$(id -u)" = 0 ]; then
        mkdir -p db/var/lib/dpkg/info db/var/lib/dpkg/updates
        : > db/var/lib/dpkg/status
        dpkg="dpkg --root=$work/db --log=$work/dpkg.log --force-depends,script-chrootless"
        $dpkg --install "$deb" > log 2>&1 || {
            cat log >&2
            die "dpkg does not install it"
        }
        $dpkg --audit > log 2>&1
        [ ! -s log ] || die "dpkg --audit complains: $(cat log)"
        compiles "$work/db/usr/bin/tinecc"
        $dpkg --purge tine > log 2>&1 || {
            cat log >&2
            die "dpkg does not remove it"
        }
        left=$(find db -path db/var/lib/dpkg -prune -o ! -type d -print)
        [ -z "$left" ] || die "left after removal: $left"
        [ ! -e db/usr ] || die "directories are left after removal: $(find db/usr)"
    fi
    ;;
*)
    die "what is '$what'?"
    ;;
esac
