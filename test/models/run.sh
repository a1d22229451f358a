#!/bin/sh
# run.sh MODEL.pml [MUTATION]: checks a model with spin; with a mutation, that spin finds an error in it.
set -eu
model=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
mutation=${2:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
spin ${mutation:+-D"$mutation"} ${TINE_MODEL_SIZE:-} -a "$model" > spin.txt 2>&1 || { cat spin.txt; exit 1; }
# Optimised only where the search takes longer than the compiler.
"${CC:-cc}" -w ${TINE_MODEL_LARGE:+-O2} -DSAFETY -DCOLLAPSE -DMEMLIM=2000 -o pan pan.c
./pan -m100000 > pan.txt
if grep -q 'max search depth too small\|out of memory\|pan: reached -DMEMLIM' pan.txt; then
    cat pan.txt
    echo "the search did not end"
    exit 1
fi
errors=$(sed -n 's/.*errors: \([0-9]*\).*/\1/p' pan.txt)
sed -n 's/.* \([0-9e+.]*\) states, stored.*/\1 states/p' pan.txt
if [ -z "$mutation" ]; then
    [ "$errors" = 0 ] && exit 0
    cat pan.txt
    spin -k "$(basename "$model").trail" -t -p "$model" | tail -70
    exit 1
fi
[ "$errors" != 0 ] && { grep '^pan:' pan.txt | head -1; exit 0; }
echo "the mutation $mutation is not found"
exit 1
