#!/bin/sh
# each.sh COMPILE RUN OPTIONS...: compiles and runs once with each of the options.
compile=$1 run=$2
shift 2
for options; do
    $compile $options && $run || {
        echo "each.sh: with $options" >&2
        exit 1
    }
done
