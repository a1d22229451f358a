/* See sides.h. */
#include "sides.h"

#include "deps.h"
#include "files.h"
#include "rename.h"

#include <stdlib.h>
#include <string.h>

bool sides_must_stay(const struct cmdline *c)
{
    static const char *const flags[] = {"--coverage", "-coverage", "-ftest-coverage",
        "-fprofile-arcs", "-gsplit-dwarf", "-fstack-usage", "-fdump-", "-ftime-trace",
        "-fcallgraph-info", "-save-temps", "-fsave-optimization-record"};
    for (size_t k = 0; k < sizeof flags / sizeof *flags; k++)
        if (cmdline_has(c, flags[k])) return true;
    return false;
}

/* -dumpbase NAME takes the place of the source's name. */
static void dump_names(const struct job *j, const char *suffix, struct words *out)
{
    for (size_t i = 0; i < j->c->n; i++) {
        const struct arg *a = &j->c->args[i];
        if (!a->value || (strcmp(a->text, "-dumpbase") && strcmp(a->text, "--dumpbase"))) continue;
        words_add(out, path_with_suffix(a->value, suffix));
        words_add(out, mem_printf("%s%s", a->value, suffix));
    }
}

/* Every name that some gcc or clang gives a file beside the output; the ones that are there and name the
 * generated file are the ones. */
static void side_names(const struct job *j, const struct unit *u, const char *suffix, struct words *out)
{
    const char *o = j->c->output;
    char *base = path_with_suffix(path_base(u->generated), suffix);
    words_add(out, base);
    words_add(out, mem_printf("a-%s", base));
    dump_names(j, suffix, out);
    if (!o) return;
    words_add(out, path_with_suffix(o, suffix));
    words_add(out, mem_printf("%s%s", o, suffix));
    words_add(out, path_with_suffix(path_base(o), suffix));
    words_add(out, path_join(path_dir(o), base));
    words_add(out, mem_printf("%s-%s", path_with_suffix(o, ""), base));
    words_add(out, mem_printf("%s-%s", o, base));
}

int sides_fix_deps(const struct job *j, const struct unit *only)
{
    int status = 0;
    if (!j->c->writes_deps || j->c->dry) return 0;
    for (size_t i = 0; i < j->n; i++) {
        const struct unit *u = &j->units[i];
        struct words names = {0};
        if (!u->translate || (only && u != only)) continue;
        words_add_all(&names, &j->c->dep_files);
        side_names(j, u, ".d", &names);
        bool found = false;
        for (size_t k = 0; k < names.n && !found; k++)
            if (!deps_fix(names.v[k], u->generated, u->source, &u->read, j->c->phony_deps, &found))
                status = 1;
    }
    return status;
}

/* The file that gcc and clang add rules to, by an environment variable. */
static int fix_deps_of_environment(const struct unit *u, const char *name)
{
    const char *value = getenv(name);
    bool found;
    if (!value || !*value) return 0;
    return !deps_fix(mem_copy(value, strcspn(value, " ")), u->generated, u->source, &u->read, false,
                     &found);
}

/* Reports in text, which name the file as it was given. */
static void fix_reports(const struct job *j, const struct unit *u)
{
    static const char *const reports[][2] = {{"-fstack-usage", ".su"}, {"-fcallgraph-info", ".ci"},
        {"-ftime-trace", ".json"}, {"-emit-llvm", ".ll"}};
    for (size_t r = 0; r < sizeof reports / sizeof *reports; r++) {
        struct words names = {0};
        if (!cmdline_has(j->c, reports[r][0])) continue;
        side_names(j, u, reports[r][1], &names);
        for (size_t k = 0; k < names.n; k++) rename_in_text(names.v[k], u->generated, u->source);
    }
}

int sides_fix_kept(const struct job *j)
{
    int status = 0;
    for (size_t i = 0; i < j->n && !j->c->dry; i++) {
        const struct unit *u = &j->units[i];
        struct words names = {0};
        if (!u->translate) continue;
        fix_reports(j, u);
        if (j->c->keep) side_names(j, u, ".i", &names);
        for (size_t k = 0; k < names.n; k++) rename_in_markers(names.v[k], u->generated, u->source);
        if (j->c->json) rename_in_json(j->c->json, u->generated, u->source);
        status |= fix_deps_of_environment(u, "DEPENDENCIES_OUTPUT");
        status |= fix_deps_of_environment(u, "SUNPRO_DEPENDENCIES");
    }
    return status;
}
