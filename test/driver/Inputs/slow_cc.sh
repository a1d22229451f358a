#!/bin/sh
# A compiler that says when it has started and waits to be ended.
trap 'echo child ended; exit 1' TERM INT HUP
: > started
i=0
while [ $i -lt 600 ]; do
    sleep 0.1
    i=$((i + 1))
done
