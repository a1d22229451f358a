#!/bin/sh
# kill_it.sh SIGNAL COMMAND...: runs the command, sends it the signal as soon as the file "started" is there,
# prints its status.
signal=$1
shift
rm -f started
# A shell without job control starts what runs in the background deaf to INT and QUIT.
env --default-signal=INT,QUIT "$@" &
pid=$!
i=0
while [ ! -e started ] && [ $i -lt 300 ]; do
    sleep 0.1
    i=$((i + 1))
done
kill -"$signal" $pid
wait $pid
echo "status $?"
