// A call with 127 arguments, and one with none.
// RUN: %translate %s %t.o2.c -- -O2
// RUN: %cc %cflags -O2 %t.o2.c -o %t.o2 %link
// RUN: env TINE_WORKERS=1 %run %t.o2
// RUN: env TINE_WORKERS=2 %run %t.o2
// RUN: %translate %s %t.o0.c
// RUN: %cc %cflags -std=c11 -D_GNU_SOURCE %t.o0.c -o %t.o0 %link
// RUN: %run %t.o0
#include <assert.h>
#include <tine.h>

static int all(int a0, int a1, int a2, int a3, int a4, int a5, int a6, int a7, int a8,
               int a9, int a10, int a11, int a12, int a13, int a14, int a15, int a16, int a17,
               int a18, int a19, int a20, int a21, int a22, int a23, int a24, int a25, int a26,
               int a27, int a28, int a29, int a30, int a31, int a32, int a33, int a34, int a35,
               int a36, int a37, int a38, int a39, int a40, int a41, int a42, int a43, int a44,
               int a45, int a46, int a47, int a48, int a49, int a50, int a51, int a52, int a53,
               int a54, int a55, int a56, int a57, int a58, int a59, int a60, int a61, int a62,
               int a63, int a64, int a65, int a66, int a67, int a68, int a69, int a70, int a71,
               int a72, int a73, int a74, int a75, int a76, int a77, int a78, int a79, int a80,
               int a81, int a82, int a83, int a84, int a85, int a86, int a87, int a88, int a89,
               int a90, int a91, int a92, int a93, int a94, int a95, int a96, int a97, int a98,
               int a99, int a100, int a101, int a102, int a103, int a104, int a105, int a106, int a107,
               int a108, int a109, int a110, int a111, int a112, int a113, int a114, int a115, int a116,
               int a117, int a118, int a119, int a120, int a121, int a122, int a123, int a124, int a125,
               int a126)
{
    return a0 * 0 + a1 * 1 + a2 * 2 + a3 * 3 + a4 * 4 + a5 * 5 + a6 * 6 + a7 * 0 + a8 * 1 + a9 * 2 + a10 * 3 + a11 * 4 + a12 * 5 + a13 * 6 + a14 * 0 + a15 * 1 + a16 * 2 + a17 * 3 + a18 * 4 + a19 * 5 + a20 * 6 + a21 * 0 + a22 * 1 + a23 * 2 + a24 * 3 + a25 * 4 + a26 * 5 + a27 * 6 + a28 * 0 + a29 * 1 + a30 * 2 + a31 * 3 + a32 * 4 + a33 * 5 + a34 * 6 + a35 * 0 + a36 * 1 + a37 * 2 + a38 * 3 + a39 * 4 + a40 * 5 + a41 * 6 + a42 * 0 + a43 * 1 + a44 * 2 + a45 * 3 + a46 * 4 + a47 * 5 + a48 * 6 + a49 * 0 + a50 * 1 + a51 * 2 + a52 * 3 + a53 * 4 + a54 * 5 + a55 * 6 + a56 * 0 + a57 * 1 + a58 * 2 + a59 * 3 + a60 * 4 + a61 * 5 + a62 * 6 + a63 * 0 + a64 * 1 + a65 * 2 + a66 * 3 + a67 * 4 + a68 * 5 + a69 * 6 + a70 * 0 + a71 * 1 + a72 * 2 + a73 * 3 + a74 * 4 + a75 * 5 + a76 * 6 + a77 * 0 + a78 * 1 + a79 * 2 + a80 * 3 + a81 * 4 + a82 * 5 + a83 * 6 + a84 * 0 + a85 * 1 + a86 * 2 + a87 * 3 + a88 * 4 + a89 * 5 + a90 * 6 + a91 * 0 + a92 * 1 + a93 * 2 + a94 * 3 + a95 * 4 + a96 * 5 + a97 * 6 + a98 * 0 + a99 * 1 + a100 * 2 + a101 * 3 + a102 * 4 + a103 * 5 + a104 * 6 + a105 * 0 + a106 * 1 + a107 * 2 + a108 * 3 + a109 * 4 + a110 * 5 + a111 * 6 + a112 * 0 + a113 * 1 + a114 * 2 + a115 * 3 + a116 * 4 + a117 * 5 + a118 * 6 + a119 * 0 + a120 * 1 + a121 * 2 + a122 * 3 + a123 * 4 + a124 * 5 + a125 * 6 + a126 * 0;
}

static int none(void)
{
    return 3;
}

int main(void)
{
    flowvar(int) x = spawn all(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114, 115, 116, 117, 118, 119, 120, 121, 122, 123, 124, 125, 126);
    flowvar(int) y = spawn none();
    assert(sync(y) == 3);
    assert(sync(x) == 24129);
    return 0;
}
