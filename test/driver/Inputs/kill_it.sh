#!/bin/sh
# Runs the command, sends it TERM as soon as the file "started" is there, prints its status.
"$@" &
pid=$!
i=0
while [ ! -e started ] && [ $i -lt 300 ]; do
    sleep 0.1
    i=$((i + 1))
done
kill -TERM $pid
wait $pid
echo "status $?"
