"""Prints a bitmap (PBM) of SIZE x SIZE with many curves, the same each time: picture.py SIZE."""

import math
import sys


def wave(size, step, phase):
    return [math.sin(i * step + phase) for i in range(size)]


def main():
    size = int(sys.argv[1])  # a multiple of 8
    columns = list(zip(wave(size, 0.11, 0), wave(size, 0.053, 1), wave(size, 0.271, 2)))
    rows = list(zip(wave(size, 0.07, 3), wave(size, 0.113, 4), wave(size, 0.239, 5)))
    sys.stdout.buffer.write(b"P4\n%d %d\n" % (size, size))
    for a, b, c in rows:
        bits = "".join("1" if u * a + v * b + w * c > 0 else "0" for u, v, w in columns)
        sys.stdout.buffer.write(int(bits, 2).to_bytes(size // 8, "big"))


main()
