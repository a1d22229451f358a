#!/bin/sh
# translate.sh TINE SOURCE OUT [tine option...] [-- compiler flag...]
#
# What the lit substitution %translate runs: blanks SOURCE's RUN and CHECK lines (see lit.cfg.py) in a
# copy of the same name, translates the copy into OUT. It runs in the copy's directory, so that the
# output names the source by its base name wherever the tests are; "..." includes are found beside
# the original.
set -e
tine=$1 source=$2 out=$3
shift 3
dir=$out.in
mkdir -p "$dir"
sed -E '/(RUN|REQUIRES|UNSUPPORTED|CHECK[A-Za-z0-9_-]*):/s/.*//' "$source" > "$dir/${source##*/}"
case " $* " in
*" -- "*) set -- "$@" -iquote "$(dirname "$source")" ;;
*) set -- "$@" -- -iquote "$(dirname "$source")" ;;
esac
cd "$dir"
"$tine" "${source##*/}" -o "$out" "$@"
# In lit a translation with -O2 is also parsed as the oldest and as the newest C; the test's own RUN lines
# compile it as another one. "NOT IN c2x:" and why, in the source: no such C.
[ -n "$TINE_TEST_CC" ] || exit 0
case " $* " in *" -O2 "*) ;; *) exit 0 ;; esac
case $out in *.c) ;; *) exit 0 ;; esac
for standard in c11 c2x; do
    grep -q "NOT IN $standard:" "$source" ||
        "$TINE_TEST_CC" -std=$standard -D_GNU_SOURCE -Wall -Wextra -Werror -O2 -fsyntax-only \
            -I"$TINE_TEST_INCLUDE" -iquote "$(dirname "$source")" "$out"
done
