#!/bin/sh
# Usage: channels_test.sh pipeline|pcompress PROGRAM
# Checks the program's output against the system's own tools, on inputs with every kind of edge.
set -eu
program=$2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

: >"$dir/empty"
printf 'a line without end' >"$dir/unended"
printf '\n\n\n' >"$dir/blank"
awk 'BEGIN { for (i = 0; i < 60000; i++) print i, i * i, "line of text" }' >"$dir/long"
awk 'BEGIN { for (i = 0; i < 300000; i++) printf "%d,", i }' >"$dir/oneline"

for file in empty unended blank long oneline; do
    case $1 in
    pipeline)
        "$program" <"$dir/$file" >"$dir/out"
        perl -ne 'my $ended = chomp; print scalar reverse($_), $ended ? "\n" : ""' \
            <"$dir/$file" >"$dir/expected"
        cmp "$dir/expected" "$dir/out"
        ;;
    pcompress)
        for threads in 1 3; do
            "$program" $threads <"$dir/$file" >"$dir/out.gz"
            gunzip -c "$dir/out.gz" >"$dir/out"
            cmp "$dir/$file" "$dir/out"
        done
        ;;
    esac
done

if [ "$1" = pcompress ]; then # bad input: a clear error and status
    ! "$program" 0 <"$dir/long" >/dev/null 2>"$dir/error"
    grep -q usage "$dir/error"
fi
! "$program" <"$dir/long" >/dev/full 2>"$dir/error"
grep -q "$1" "$dir/error"
echo "$1: ok"
