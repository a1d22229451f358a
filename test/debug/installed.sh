#!/bin/sh
# installed.sh PREFIX INPUTS WORK BUILD: gdb loads the installed script by itself for a program that
# links the installed libtine.so, where its safe-path allows; else it says what to do. Exit status
# 77: no gdb.
set -eu
prefix=$1 inputs=$2 work=$3 build=$4
command -v gdb > /dev/null || exit 77
gdb -batch -nx -ex run /bin/true 2>&1 | grep -q 'exited normally' || exit 77
rm -rf "$work"
mkdir -p "$work"
cd "$work"
DEBUGINFOD_URLS='' TINE_WORKERS=2
export DEBUGINFOD_URLS TINE_WORKERS

die() {
    echo "installed.sh: $*" >&2
    cat log >&2
    exit 1
}

# Debugs a program; $1 is its name, the rest goes to gdb.
look() {
    program=$1
    shift
    timeout 120 gdb -batch -nx "$@" -ex "file $program" -ex 'break stop_here' -ex run \
        -ex 'info tine tasks' > log 2>&1 || true
}

found() {
    grep -q 'pending  *leaf(11)  *tasks.c:37 by parent' log
}

"$prefix/bin/tinecc" -g --tine-lib=shared "$inputs/tasks.c" -o tasks > log 2>&1 || die "tinecc failed"

look tasks -iex "set auto-load safe-path $prefix"
found || die "the script was not loaded by itself"
look tasks -iex 'set auto-load safe-path /nowhere'
grep -q 'auto-loading has been declined by your' log || die "gdb did not say why"

# Below the folder that gdb has for such scripts, at the library's whole path; and for `source`.
[ -f "$prefix/share/gdb/auto-load$prefix"/lib*/libtine.so.*-gdb.py ] \
    || [ -f "$prefix/share/gdb/auto-load$prefix"/lib*/*/libtine.so.*-gdb.py ] \
    || die "nothing below share/gdb/auto-load"
look tasks -ex "source $prefix/share/tine/libtine-gdb.py"
found || die "the sourced script does not work"

# What an install to /usr puts where gdb reads it at its start: serves static links too.
DESTDIR=$work/root cmake --install "$build" --prefix /usr > log 2>&1 || die "install to /usr failed"
[ -f root/etc/gdb/gdbinit.d/tine.py ] || die "no /etc/gdb/gdbinit.d/tine.py"
[ -f root/usr/share/tine/libtine-gdb.py ] || die "no /usr/share/tine/libtine-gdb.py"
ls root/usr/share/gdb/auto-load/usr/lib*/libtine.so.*-gdb.py > /dev/null 2>&1 \
    || ls root/usr/share/gdb/auto-load/usr/lib*/*/libtine.so.*-gdb.py > /dev/null 2>&1 \
    || die "nothing below /usr/share/gdb/auto-load"
"$prefix/bin/tinecc" -g "$inputs/tasks.c" -o static > log 2>&1 || die "tinecc failed"
sed "s,/usr/share,$work/root/usr/share," root/etc/gdb/gdbinit.d/tine.py > start.py
look static -x start.py
found || die "the start-up file does not load the script"
look /bin/true -x start.py
grep -q 'Undefined info command' log || die "the start-up file loads the script for every program"
