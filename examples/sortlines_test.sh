#!/bin/sh
# sortlines_test.sh SORTLINES: compares sortlines with `LC_ALL=C sort` byte by byte on awkward input.
set -eu
sortlines=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
LC_ALL=C
export LC_ALL

same() {
    "$sortlines" "$@" > mine
    sort "$@" > theirs
    if ! cmp mine theirs; then
        echo "sortlines differs from sort on: $*" >&2
        exit 1
    fi
}

: > empty
printf 'b\na' > no_newline
printf '\n\n\n' > newlines
printf 'b\0x\na\0\na\na\0\0\n\0\n\n\0\0\nab\nabcdefgh\nabcdefgh\0\nabcdefghi\nabcdefg\n' > nul
awk 'BEGIN { for (i = 0; i < 100000; i++) print "one line over and over, longer than a key" }' > equal
awk 'BEGIN { s = sprintf("%2000s", "x"); for (i = 0; i < 1500; i++) print s i * 7919 % 1500 }' > deep
awk 'BEGIN { for (i = 0; i < 200000; i++) print i }' > rising
awk 'BEGIN { for (i = 200000; i > 0; i--) print i }' > falling
awk 'BEGIN { x = 1; for (i = 0; i < 150000; i++) { x = (x * 16807) % 2147483647
    print substr("  #define static extern if (x) return int unsigned", x % 40, x % 19), x % 1000 } }' > text
tr '\n' '\0' < rising > one_huge_line
gzip -c text > binary

for f in empty no_newline newlines nul equal deep rising falling text one_huge_line binary; do
    same "$f"
done
same empty no_newline nul no_newline
same one_huge_line one_huge_line text
same rising deep binary equal
"$sortlines" < text > mine
sort text > theirs
cmp mine theirs
cat binary | "$sortlines" rising - > mine
cat binary | sort rising - > theirs
cmp mine theirs

if "$sortlines" text no_such_file > out 2> err; then
    echo "sortlines did not fail on a missing file" >&2
    exit 1
fi
grep -q '^sortlines: cannot read: no_such_file: ' err
test ! -s out
if "$sortlines" text > /dev/full 2> err; then
    echo "sortlines did not notice that writing failed" >&2
    exit 1
fi
grep -q '^sortlines: write failed: ' err
