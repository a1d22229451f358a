"""Times commands in turn, so that what else the machine does meets all of them alike.

    measure.py ROUNDS COMMAND COMMAND...

Prints each one's median and, paired within the rounds, the median of the first one's time over its own,
with the least and the greatest.
"""

import statistics
import subprocess
import sys
import time


def seconds(command):
    start = time.perf_counter()  # no timeout= below: subprocess would poll, 50 ms at a time
    subprocess.run(["timeout", "120", "sh", "-c", command], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def main():
    rounds, commands = int(sys.argv[1]), sys.argv[2:]
    for command in commands:
        seconds(command)  # files and caches are warm then
    times = [[seconds(command) for command in commands] for _ in range(rounds)]
    for i, command in enumerate(commands):
        ratios = [row[0] / row[i] for row in times]
        print(f"{statistics.median(row[i] for row in times):7.3f} s  "
              f"{statistics.median(ratios):5.2f} ({min(ratios):.2f} to {max(ratios):.2f})  {command}")


main()
