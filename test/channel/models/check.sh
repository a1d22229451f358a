#!/bin/sh
# Usage: check.sh SPIN CC MODEL.pml OUTPUT_DIR
# Runs the model as it is, which must be free of errors and complete, and once with each mutation
# named on its line «Mutations: A B ...», which must be caught.
set -eu
spin=$1
cc=$2
model=$3
name=$(basename "$model" .pml)
mkdir -p "$4"

# verify DEFINE: prints the verifier's report
verify()
{
    dir=$(mktemp -d "$out/$name.XXXXXX")
    (
        cd "$dir"
        "$spin" -a ${1:+-D$1} "$model" >spin.log 2>&1 || { cat spin.log; exit 1; }
        "$cc" -O2 -w -DSAFETY -DVECTORSZ=2048 -DMEMLIM=2000 -o pan pan.c
        ./pan -m1000000 -n
    )
    rm -rf "$dir"
}

out=$(cd "$4" && pwd)
case $model in /*) ;; *) model=$PWD/$model ;; esac

report=$(verify "")
case $report in
*"errors: 0"*) ;;
*) echo "$name: fails"; echo "$report"; exit 1 ;;
esac
case $report in
*"max search depth too small"* | *"reached -DMEMLIM"* | *"Search not completed"*)
    echo "$name: not searched to the end"; echo "$report"; exit 1 ;;
esac
echo "$name: holds, $(echo "$report" | sed -n 's/^ *\([0-9.e+]*\) states, stored.*/\1/p') states"

mutations=$(sed -n 's/^ \* Mutations: *//p' "$model")
[ -n "$mutations" ] || { echo "$name: names no mutation"; exit 1; }
for mutation in $mutations; do
    report=$(verify "$mutation")
    case $report in
    *"errors: 0"*) echo "$name: $mutation is not caught"; exit 1 ;;
    *"errors: "*) echo "$name: $mutation caught" ;;
    *) echo "$name: $mutation does not run"; echo "$report"; exit 1 ;;
    esac
done
