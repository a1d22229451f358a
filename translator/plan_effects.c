/* What calls may do besides their work: enter the runtime, set errno, end the process. Library functions are known by
 * name, the unit's own by what they call. */
#include <string.h>

#include "plan.h"

static bool is_among(const char *name, size_t len, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strncmp(name, names[i], len) == 0 && names[i][len] == '\0')
            return true;
    return false;
}

#define IS_AMONG(name, len, names) is_among(name, len, names, sizeof(names) / sizeof *(names))

/* Of <math.h>, without the f or l at the end of a name. */
static call_effect math_effect(const char *name)
{
    static const char *const silent[] = {
        "__finite", "__fpclassify", "__isinf", "__isnan", "__signbit", "cbrt", "ceil", "copysign", "fabs", "floor",
        "fmax", "fmin", "frexp", "modf", "nearbyint", "rint", "round", "trunc"};
    static const char *const setting[] = {
        "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cos", "cosh", "erf", "erfc", "exp", "exp2",
        "expm1", "fdim", "fma", "fmod", "hypot", "ilogb", "ldexp", "llrint", "llround", "log", "log10", "log1p",
        "log2", "logb", "lrint", "lround", "nextafter", "pow", "remainder", "scalbln", "scalbn", "sin", "sinh",
        "sqrt", "tan", "tanh", "tgamma"};
    size_t len = strlen(name);
    for (size_t suffix = 0; suffix <= 1 && len > 1; suffix++) {
        if (suffix == 1 && name[len - 1] != 'f' && name[len - 1] != 'l')
            break;
        if (IS_AMONG(name, len - suffix, silent))
            return EFFECT_NONE;
        if (IS_AMONG(name, len - suffix, setting))
            return EFFECT_ERRNO;
    }
    return EFFECT_ANY;
}

/* Library functions that run no code of the program. is_system: the name is surely the library's. */
static call_effect library_effect(const char *name, bool is_system)
{
    static const char *const silent[] = {
        "memcpy", "memmove", "memset", "memcmp", "memchr", "strlen", "strcmp", "strncmp", "strcpy",
        "strncpy", "strcat", "strchr", "strrchr", "strstr", "abs", "labs", "llabs", "abort",
        "fabs", "fabsf", "floor", "ceil", "fmax", "fmin", "__assert_fail"};
    static const char *const system_silent[] = {
        "__ctype_b_loc", "__ctype_tolower_loc", "__ctype_toupper_loc", "isalnum", "isalpha", "isblank",
        "isdigit", "islower", "isprint", "ispunct", "isspace", "isupper", "isxdigit", "memrchr", "mempcpy",
        "strcasecmp", "strcspn", "strncasecmp", "strncat", "strnlen", "strpbrk", "strspn", "tolower", "toupper"};
    static const char *const system_setting[] = {
        "__errno_location", "atof", "atoi", "atol", "atoll", "strtod", "strtof", "strtol", "strtold", "strtoll",
        "strtoul", "strtoull"};
    size_t len = strlen(name);
    if (IS_AMONG(name, len, silent))
        return EFFECT_NONE;
    if (!is_system) /* the program's own log() may do anything */
        return EFFECT_ANY;
    return IS_AMONG(name, len, system_silent)    ? EFFECT_NONE
           : IS_AMONG(name, len, system_setting) ? EFFECT_ERRNO
                                                 : math_effect(name);
}

/* __builtin_log is log, and __builtin_exit is exit; most others are instructions. */
static call_effect builtin_effect(const char *name)
{
    static const char prefix[] = "__builtin_";
    static const char *const calling[] = {
        "_Exit", "_exit", "execl", "execle", "execlp", "execv", "execve", "execvp", "exit", "fork", "fprintf",
        "fprintf_unlocked", "fputc", "fputc_unlocked", "fputs", "fputs_unlocked", "fscanf", "fwrite",
        "fwrite_unlocked", "printf", "printf_unlocked", "putchar", "putchar_unlocked", "puts", "puts_unlocked",
        "scanf", "snprintf", "sprintf", "sscanf", "vfprintf", "vfscanf", "vprintf", "vscanf", "vsnprintf",
        "vsprintf", "vsscanf"};
    static const char *const setting[] = {
        "aligned_alloc", "cabs", "cabsf", "cabsl", "calloc", "malloc", "posix_memalign", "realloc", "strdup", "strndup"};
    static const char *const begins[] = {/* more of <math.h>, for any f, l or _r behind; <complex.h> */
        "cacos", "casin", "catan", "ccos", "cexp", "clog", "cpow", "csin", "csqrt", "ctan", "drem", "exp10", "gamma",
        "j0", "j1", "jn", "lgamma", "nexttoward", "pow10", "significand", "sincos", "y0", "y1", "yn"};
    if (strncmp(name, prefix, sizeof prefix - 1) != 0)
        return EFFECT_NONE;
    const char *rest = name + sizeof prefix - 1;
    size_t len = strlen(rest);
    if (strncmp(rest, "__", 2) == 0 && len > 6 && strcmp(rest + len - 4, "_chk") == 0) /* __printf_chk */
        rest += 2, len -= 6;
    call_effect known = library_effect(rest, true);
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (known == EFFECT_ANY && strncmp(rest, begins[i], strlen(begins[i])) == 0)
            known = EFFECT_ERRNO;
    if (known < EFFECT_ANY)
        return known;
    return IS_AMONG(rest, len, calling)   ? EFFECT_ANY
           : IS_AMONG(rest, len, setting) ? EFFECT_ERRNO
                                          : EFFECT_NONE;
}

static call_effect larger(call_effect a, call_effect b)
{
    return a > b ? a : b;
}

enum { SEARCH_DEPTH = 16 };

/* The effect of a function without a frame of its own, and of what it reaches. */
static call_effect leaf_effect(const callee *c, unsigned depth)
{
    if (c->is_builtin)
        return builtin_effect(c->name);
    call_effect known = c->has_body && !c->is_system ? EFFECT_ANY : library_effect(c->name, c->is_system);
    if (known < EFFECT_ANY)
        return known;
    if (!c->has_body || !c->is_static || c->calls_unknown || depth > SEARCH_DEPTH ||
        (c->definition != NULL &&
         (c->definition->spawns != NULL || c->definition->uses != NULL ||
          c->definition->scopes != NULL)))
        return EFFECT_ANY;
    call_effect effect = EFFECT_NONE;
    for (const callee_ref *r = c->calls; r != NULL && effect < EFFECT_ANY; r = r->next)
        if (r->callee != c)
            effect = larger(effect, leaf_effect(r->callee, depth + 1));
    return effect;
}

call_effect plan_call_effect(const function *f, const call *c)
{
    if (c->callee == NULL)
        return EFFECT_ANY;
    if (c->is_literal && plan_calls_clone(f, c->callee))
        return plan_of(c->callee->definition)->effect;
    return leaf_effect(c->callee, 0);
}

static call_effect tree_effect(const function *f, const node *n)
{
    call_effect effect = n->kind == NODE_CALL ? plan_call_effect(f, n->call) : EFFECT_NONE;
    for (const node *child = n->first; child != NULL && effect < EFFECT_ANY; child = child->next)
        effect = larger(effect, tree_effect(f, child));
    return effect;
}

static call_effect effect_of(const function *f)
{
    if (!plan_of(f)->is_cloned || f->scopes != NULL)
        return EFFECT_ANY;
    call_effect effect = tree_effect(f, f->body);
    for (const spawn *s = f->spawns; s != NULL; s = s->next) {
        const spawn_plan *p = s->plan;
        if (p->kind != TASK_STACK && p->kind != TASK_STACK_OR_HEAP)
            return EFFECT_ANY;
        if (plan_call_effect(f, &s->call) == EFFECT_ANY) /* its sync keeps errno */
            return EFFECT_ANY;
    }
    for (const use *x = f->uses; x != NULL; x = x->next) {
        const use_plan *p = x->plan;
        if (p->var == NULL && (x->kind == USE_SYNC || x->kind == USE_WAIT_FOR ||
                               x->kind == USE_IS_READY))
            return EFFECT_ANY;
    }
    for (const variable *v = f->variables; v != NULL; v = v->next) {
        const variable_plan *p = v->plan;
        if (v->type->flow != FLOW_NONE && !p->is_confined)
            return EFFECT_ANY;
    }
    return effect;
}

/* Clones are taken to do nothing until one is found that does. */
void plan_effects(model *m)
{
    for (function *f = m->functions; f != NULL; f = f->next)
        plan_of(f)->effect = plan_of(f)->is_cloned ? EFFECT_NONE : EFFECT_ANY;
    for (bool changed = true; changed;) {
        changed = false;
        for (function *f = m->functions; f != NULL; f = f->next) {
            call_effect effect = effect_of(f);
            changed = changed || effect != plan_of(f)->effect;
            plan_of(f)->effect = effect;
        }
    }
}
