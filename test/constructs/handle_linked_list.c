// Handles in a list on the heap.
// RUN: %every %s %t | %FileCheck %s
#include <stdlib.h>
#include <tine.h>

static int twice(int n)
{
    return 2 * n;
}

struct node {
    struct node *next;
    flowvar(int) x;
};

int main(void)
{
    struct node *first = 0;
    int r = 0;
    for (int i = 0; i < 5; i++) {
        struct node *n = calloc(1, sizeof *n);
        if (!n)
            return 1;
    // CHECK: {{^}}/* handle_linked_list.c:[[@LINE+1]]: {{(tine_)?(spawn|submit)}}
        n->x = spawn twice(i);
        n->next = first;
        first = n;
    }
    while (first) {
        struct node *n = first;
        r += sync(n->x);
        first = n->next;
        free(n);
    }
    return r != 20;
}
