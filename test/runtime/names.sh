#!/bin/sh
# names.sh NM LIBRARY...: a library defines no global name but tine_... and those of compilers.
set -eu
nm=$1
shift
found=$("$nm" -g --defined-only "$@" | awk 'NF == 3 && $3 !~ /^(tine_|__|_init$|_fini$|_edata$|_end$)/ { print $3 }' | sort -u)
[ -z "$found" ] || {
    echo "names that a program may have:"
    echo "$found"
    exit 1
}
