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
exec "$tine" "${source##*/}" -o "$out" "$@"
