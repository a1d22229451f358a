/* Prints what the check found out about the handles of a file, one fact a line, for paths.py:
 *
 *   variable LINE NAME spawned_at_exit is_confined
 *   sync LINE may_be_unspawned is_lifo read_after
 *   spawn LINE may_be_spawned
 *
 * Diagnostics go to standard error as JSON. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "harvest.h"

static void print_function(const function *f)
{
    for (const variable *v = f->variables; v != NULL; v = v->next)
        if (v->type->flow != FLOW_NONE)
            printf("variable %u %s %d %d\n", v->at.line, v->name, v->spawned_at_exit,
                   v->is_confined);
    for (const use *x = f->uses; x != NULL; x = x->next)
        if (x->kind == USE_SYNC)
            printf("sync %u %d %d %d\n", x->at.line, x->may_be_unspawned, x->is_lifo,
                   x->read_after);
    for (const spawn *s = f->spawns; s != NULL; s = s->next)
        printf("spawn %u %d\n", s->at.line, s->may_be_spawned);
}

int main(int argc, char **argv)
{
    diags *d = diags_new();
    options o;
    source input;
    unit u = {0};
    model m = {0};
    char *error = NULL;
    if (options_read(&o, d, argc, argv) == OPTIONS_EXIT)
        return o.status;
    if (!source_read(&input, o.input, &error)) {
        fprintf(stderr, "%s\n", error);
        return 2;
    }
    scan *s = scan_unit(input.name, input.text, input.len, (const char *const *)o.flags);
    flatten *flat = flatten_main(&input, s, &o, d);
    if (flat != NULL && parse_unit(&u, flat, &o, d) && harvest_unit(&u, &m)) {
        check_unit(&m, flat, d);
        for (const function *f = m.functions; f != NULL; f = f->next)
            print_function(f);
    }
    diags_print(d, stderr, DIAG_JSON, DIAG_COLOR_NEVER);
    parse_free(&u);
    arena_free(&m.arena);
    if (flat != NULL)
        flatten_free(flat); /* it borrows from the scan */
    scan_free(s);
    source_free(&input);
    diags_free(d);
    options_free(&o);
    return 0;
}
