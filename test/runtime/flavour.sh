#!/bin/sh
# flavour.sh FLAVOUR [DIRECTORY [TEST...]]: builds the runtime and its tests in another way and runs them.
#
#   gcc clang        that compiler's optimised build
#   posix            the plain POSIX layer instead of the Linux one
#   tsan asan        everything instrumented; asan is address and undefined behaviour
#   tsan-user        instrumented tests against a release build of the library
#   valgrind         a release build under memcheck
#   aarch64 riscv64 i686   built by a cross compiler, run by qemu-user (i686: by gcc -m32, here)
#
# Exit status 77: the compiler or the emulator is not installed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
flavour=${1:?usage: flavour.sh FLAVOUR [DIRECTORY [TEST...]]}
out=${2:-/tmp/tine-$flavour}
[ $# -ge 2 ] && shift 2 || shift $#
tests=${*:-scheduling waiting submitting forking ending executors indices configuring faults stalls stress}

cc=${CC:-cc} flags="-O2 -g" library_flags="" os=os_linux.c run=""
case $flavour in
gcc | clang) cc=$flavour ;;
posix) os=os_posix.c flags="-O2 -g -DTINE_TEST_POSIX" ;;
tsan) flags="-O1 -g -fsanitize=thread" ;;
tsan-user) flags="-O1 -g -fsanitize=thread" library_flags="-O2 -g -fno-sanitize=thread" ;;
asan) flags="-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer" ;;
valgrind)
    run="valgrind -q --fair-sched=yes --error-exitcode=9 --leak-check=full"
    export TINE_TEST_SLOW=1 TINE_TEST_MEMCHECK=1
    ;;
aarch64 | riscv64)
    cc=$flavour-linux-gnu-gcc flags="-O2 -static" run=qemu-$flavour
    command -v "$run" > /dev/null || run=qemu-$flavour-static
    export TINE_TEST_SLOW=1 TINE_TEST_EMULATED=1
    ;;
i686) cc=i686-linux-gnu-gcc flags="-O2 -static" ;;
*)
    echo "flavour.sh: there is no flavour '$flavour'" >&2
    exit 2
    ;;
esac
for program in $cc $run; do
    case $program in
    -*) ;;
    *) command -v "$program" > /dev/null || { echo "there is no $program: skipped"; exit 77; } ;;
    esac
done

mkdir -p "$out"
flags="-std=c11 -D_GNU_SOURCE -Wall -Wextra -pthread -I$root/include $flags"
case $cc in *clang*) ;; *) case $flavour in tsan*) flags="$flags -Wno-tsan" ;; esac ;; esac

# Compiles $1 to $2/NAME.o, where it is newer.
compile() {
    object=$2/$(basename "$1" .c).o
    [ "$object" -nt "$1" ] && [ -z "$(find "$root/runtime" "$root/include/tine" "$here" -name '*.h' \
        -newer "$object" | head -n 1)" ] && return
    # shellcheck disable=SC2086  # a list of options
    $cc $flags ${3:-} -c "$1" -o "$object"
}

mkdir -p "$out/library"
for source in "$root"/runtime/*.c; do
    case $(basename "$source") in
    "$os") ;;
    os_linux.c | os_posix.c) continue ;;
    esac
    compile "$source" "$out/library" "$library_flags"
done
compile "$here/cases.c" "$out"

status=0
for test in $tests; do
    compile "$here/$test.c" "$out"
    wraps=""
    case $flavour:$test in
    posix:configuring) ;;
    *:configuring) wraps="open sched_getaffinity" ;;
    posix:stalls) wraps="clock_gettime sched_yield free" ;;
    *:stalls) wraps="clock_gettime sched_yield free syscall" ;;
    *:faults)
        wraps="malloc calloc aligned_alloc mmap mprotect open atexit pthread_create"
        wraps="$wraps pthread_key_create pthread_setspecific pthread_atfork pthread_attr_init"
        ;;
    esac
    link=""
    for function in $wraps; do
        link="$link -Wl,--wrap=$function"
    done
    # shellcheck disable=SC2086
    $cc $flags "$out/$test.o" "$out/cases.o" "$out"/library/*.o $link -o "$out/$test"
    echo "== $flavour: $test"
    if [ "$test" = stress ]; then
        for workers in 1 2 8; do
            # shellcheck disable=SC2086
            TINE_WORKERS=$workers $run "$out/stress" ${TINE_TEST_SLOW:+5 1 7} || status=1
        done
    else
        $run "$out/$test" > "$out/$test.txt" 2>&1 || status=1
        grep -v '^ok' "$out/$test.txt" || true
    fi
done
exit $status
