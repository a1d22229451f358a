/* Translated mode: what generated code includes. The ABI, and the words that the translator leaves in
 * place because C can say them. The other words are errors here: none is ever left by accident. */
#ifndef TINE_TRANSLATED_H
#define TINE_TRANSLATED_H

#include <tine/abi.h>
#include <tine/api.h>
#include <tine/types.h>

/* The fields that generated code reads inside the user's functions, where a macro may have their
 * names. */
TINE__INLINE tine_worker *tine__worker_of(const tine_frame *frame)
{
    return frame->worker;
}

TINE__INLINE tine_task *tine__top_of(const tine_frame *frame)
{
    return frame->top;
}

TINE__INLINE tine_run_fn *tine__run_of(tine_task *task)
{
    return __atomic_load_n(&task->fn, __ATOMIC_RELAXED); /* the owner's own store */
}

/* Handles are "not spawned" at first. In pieces: gcc makes a slow `rep stos` of a larger block, and of a
 * short array whose length is not known a call. */
TINE__INLINE void tine__zero(void *object, size_t size)
{
    char *at = (char *)object, *end = at + (size & ~(size_t)15);
    if (!__builtin_constant_p(size) && size <= 128) {
        for (; at != end; at += 16) {
            __builtin_memset(at, 0, 16);
            __asm__("" : "+r"(at)); /* or the loop becomes a call of memset */
        }
        if ((size & 15) != 0)
            __builtin_memset(at, 0, sizeof(void *));
        return;
    }
    if (!__builtin_constant_p(size) || size > 512) {
        __builtin_memset(at, 0, size);
        return;
    }
    for (; size >= 32; at += 32, size -= 32)
        __builtin_memset(at, 0, 32);
    if (size > 0)
        __builtin_memset(at, 0, size);
}

/* Entry of a clone that may need heap tasks, but calls no plain code. */
TINE__INLINE tine_frame tine__frame_heap(tine_worker *worker, tine_task *top)
{
    tine_frame frame = {worker, top, top, worker->heap_bottom};
    return frame;
}

/* Whether none of an activation's tasks is left. */
TINE__INLINE bool tine__is_done(const tine_frame *frame, const size_t *spilled)
{
    return frame->top == frame->base && *spilled == 0;
}

/*
 * Around copies of a function's text behind the first: each warning is given once. All that a compiler might warn of
 * inside a function; older ones do not know some of these.
 */
#define TINE__PRAGMA(...) _Pragma(#__VA_ARGS__)
#ifdef __clang__
#define TINE__IGNORE(warning) TINE__PRAGMA(clang diagnostic ignored warning)
#define TINE__SAME_TEXT_AGAIN TINE__PRAGMA(clang diagnostic push) TINE__IGNORE("-Weverything")
#else
#define TINE__IGNORE(warning) TINE__PRAGMA(GCC diagnostic ignored warning)
#define TINE__SAME_TEXT_AGAIN                                                                                     \
    TINE__PRAGMA(GCC diagnostic push) TINE__IGNORE("-Wpragmas")                                                   \
    TINE__IGNORE("-Waddress") TINE__IGNORE("-Wabsolute-value") TINE__IGNORE("-Waddress-of-packed-member")         \
    TINE__IGNORE("-Waggregate-return") TINE__IGNORE("-Waggressive-loop-optimizations")                            \
    TINE__IGNORE("-Walloc-size") TINE__IGNORE("-Walloc-zero") TINE__IGNORE("-Walloca")                            \
    TINE__IGNORE("-Walloca-larger-than=") TINE__IGNORE("-Walloc-size-larger-than=")                               \
    TINE__IGNORE("-Warray-bounds") TINE__IGNORE("-Warray-compare") TINE__IGNORE("-Warray-parameter")              \
    TINE__IGNORE("-Wattribute-warning") TINE__IGNORE("-Wattributes") TINE__IGNORE("-Wbad-function-cast")          \
    TINE__IGNORE("-Wbool-compare") TINE__IGNORE("-Wbool-operation")                                               \
    TINE__IGNORE("-Wbuiltin-declaration-mismatch") TINE__IGNORE("-Wc++-compat") TINE__IGNORE("-Wc90-c99-compat")  \
    TINE__IGNORE("-Wc99-c11-compat") TINE__IGNORE("-Wc11-c2x-compat") TINE__IGNORE("-Wc11-c23-compat")            \
    TINE__IGNORE("-Wcalloc-transposed-args") TINE__IGNORE("-Wcast-align") TINE__IGNORE("-Wcast-function-type")    \
    TINE__IGNORE("-Wcast-qual") TINE__IGNORE("-Wchar-subscripts") TINE__IGNORE("-Wclobbered")                     \
    TINE__IGNORE("-Wcomment") TINE__IGNORE("-Wconversion") TINE__IGNORE("-Wcpp") TINE__IGNORE("-Wdangling-else")  \
    TINE__IGNORE("-Wdangling-pointer") TINE__IGNORE("-Wdate-time") TINE__IGNORE("-Wdeclaration-after-statement")  \
    TINE__IGNORE("-Wdeprecated-declarations") TINE__IGNORE("-Wdeprecated-non-prototype")                          \
    TINE__IGNORE("-Wdiscarded-array-qualifiers") TINE__IGNORE("-Wdiscarded-qualifiers")                           \
    TINE__IGNORE("-Wdiv-by-zero") TINE__IGNORE("-Wdouble-promotion") TINE__IGNORE("-Wduplicate-decl-specifier")   \
    TINE__IGNORE("-Wduplicated-branches") TINE__IGNORE("-Wduplicated-cond") TINE__IGNORE("-Wempty-body")          \
    TINE__IGNORE("-Wenum-compare") TINE__IGNORE("-Wenum-conversion") TINE__IGNORE("-Wenum-int-mismatch")          \
    TINE__IGNORE("-Wfloat-conversion") TINE__IGNORE("-Wfloat-equal")                                              \
    TINE__IGNORE("-Wflex-array-member-not-at-end") TINE__IGNORE("-Wformat") TINE__IGNORE("-Wformat-overflow")     \
    TINE__IGNORE("-Wformat-truncation") TINE__IGNORE("-Wframe-address") TINE__IGNORE("-Wfree-nonheap-object")     \
    TINE__IGNORE("-Wif-not-aligned") TINE__IGNORE("-Wignored-attributes") TINE__IGNORE("-Wignored-qualifiers")    \
    TINE__IGNORE("-Wimplicit") TINE__IGNORE("-Wimplicit-fallthrough")                                             \
    TINE__IGNORE("-Wincompatible-pointer-types") TINE__IGNORE("-Winfinite-recursion")                             \
    TINE__IGNORE("-Winit-self") TINE__IGNORE("-Wint-conversion") TINE__IGNORE("-Wint-in-bool-context")            \
    TINE__IGNORE("-Wint-to-pointer-cast") TINE__IGNORE("-Winvalid-memory-model")                                  \
    TINE__IGNORE("-Winvalid-offsetof") TINE__IGNORE("-Wjump-misses-init") TINE__IGNORE("-Wlarger-than=")          \
    TINE__IGNORE("-Wlogical-not-parentheses") TINE__IGNORE("-Wlogical-op") TINE__IGNORE("-Wlong-long")            \
    TINE__IGNORE("-Wmaybe-uninitialized") TINE__IGNORE("-Wmemset-elt-size")                                       \
    TINE__IGNORE("-Wmemset-transposed-args") TINE__IGNORE("-Wmisleading-indentation")                             \
    TINE__IGNORE("-Wmismatched-dealloc") TINE__IGNORE("-Wmissing-braces")                                         \
    TINE__IGNORE("-Wmissing-field-initializers") TINE__IGNORE("-Wmissing-format-attribute")                       \
    TINE__IGNORE("-Wmissing-noreturn") TINE__IGNORE("-Wmissing-parameter-name")                                   \
    TINE__IGNORE("-Wmissing-variable-declarations") TINE__IGNORE("-Wmultichar")                                   \
    TINE__IGNORE("-Wmultistatement-macros") TINE__IGNORE("-Wnested-externs") TINE__IGNORE("-Wnonnull")            \
    TINE__IGNORE("-Wnonnull-compare") TINE__IGNORE("-Wnormalized") TINE__IGNORE("-Wnull-dereference")             \
    TINE__IGNORE("-Wold-style-declaration") TINE__IGNORE("-Wopenmp-simd") TINE__IGNORE("-Woverflow")              \
    TINE__IGNORE("-Woverlength-strings") TINE__IGNORE("-Woverride-init")                                          \
    TINE__IGNORE("-Woverride-init-side-effects") TINE__IGNORE("-Wpacked-not-aligned") TINE__IGNORE("-Wpadded")    \
    TINE__IGNORE("-Wparentheses") TINE__IGNORE("-Wpedantic") TINE__IGNORE("-Wpointer-arith")                      \
    TINE__IGNORE("-Wpointer-compare") TINE__IGNORE("-Wpointer-sign") TINE__IGNORE("-Wpointer-to-int-cast")        \
    TINE__IGNORE("-Wredundant-decls") TINE__IGNORE("-Wrestrict") TINE__IGNORE("-Wreturn-local-addr")              \
    TINE__IGNORE("-Wreturn-type") TINE__IGNORE("-Wscalar-storage-order") TINE__IGNORE("-Wsequence-point")         \
    TINE__IGNORE("-Wshadow") TINE__IGNORE("-Wshift-count-negative") TINE__IGNORE("-Wshift-count-overflow")        \
    TINE__IGNORE("-Wshift-negative-value") TINE__IGNORE("-Wshift-overflow") TINE__IGNORE("-Wsign-compare")        \
    TINE__IGNORE("-Wsign-conversion") TINE__IGNORE("-Wsizeof-array-argument") TINE__IGNORE("-Wsizeof-array-div")  \
    TINE__IGNORE("-Wsizeof-pointer-div") TINE__IGNORE("-Wsizeof-pointer-memaccess")                               \
    TINE__IGNORE("-Wstack-usage=") TINE__IGNORE("-Wstrict-aliasing") TINE__IGNORE("-Wstrict-overflow")            \
    TINE__IGNORE("-Wstrict-prototypes") TINE__IGNORE("-Wstring-compare") TINE__IGNORE("-Wstringop-overflow")      \
    TINE__IGNORE("-Wstringop-overread") TINE__IGNORE("-Wstringop-truncation")                                     \
    TINE__IGNORE("-Wsuggest-attribute=const") TINE__IGNORE("-Wsuggest-attribute=pure")                            \
    TINE__IGNORE("-Wsuggest-attribute=noreturn") TINE__IGNORE("-Wsuggest-attribute=malloc")                       \
    TINE__IGNORE("-Wsuggest-attribute=cold") TINE__IGNORE("-Wsuggest-attribute=format") TINE__IGNORE("-Wswitch")  \
    TINE__IGNORE("-Wswitch-bool") TINE__IGNORE("-Wswitch-default") TINE__IGNORE("-Wswitch-enum")                  \
    TINE__IGNORE("-Wswitch-outside-range") TINE__IGNORE("-Wswitch-unreachable") TINE__IGNORE("-Wsync-nand")       \
    TINE__IGNORE("-Wtautological-compare") TINE__IGNORE("-Wtraditional")                                          \
    TINE__IGNORE("-Wtraditional-conversion") TINE__IGNORE("-Wtrampolines") TINE__IGNORE("-Wtrigraphs")            \
    TINE__IGNORE("-Wtsan") TINE__IGNORE("-Wtype-limits") TINE__IGNORE("-Wundef") TINE__IGNORE("-Wuninitialized")  \
    TINE__IGNORE("-Wunsafe-loop-optimizations") TINE__IGNORE("-Wunsuffixed-float-constants")                      \
    TINE__IGNORE("-Wunused") TINE__IGNORE("-Wunused-but-set-parameter")                                           \
    TINE__IGNORE("-Wunused-but-set-variable") TINE__IGNORE("-Wunused-const-variable")                             \
    TINE__IGNORE("-Wunused-function") TINE__IGNORE("-Wunused-label") TINE__IGNORE("-Wunused-local-typedefs")      \
    TINE__IGNORE("-Wunused-parameter") TINE__IGNORE("-Wunused-result") TINE__IGNORE("-Wunused-value")             \
    TINE__IGNORE("-Wunused-variable") TINE__IGNORE("-Wuse-after-free") TINE__IGNORE("-Wuseless-cast")             \
    TINE__IGNORE("-Wvarargs") TINE__IGNORE("-Wvariadic-macros") TINE__IGNORE("-Wvector-operation-performance")    \
    TINE__IGNORE("-Wvla") TINE__IGNORE("-Wvla-larger-than=") TINE__IGNORE("-Wvla-parameter")                      \
    TINE__IGNORE("-Wvolatile-register-var") TINE__IGNORE("-Wwrite-strings") TINE__IGNORE("-Wzero-length-bounds")
#endif
#define TINE__SAME_TEXT_ENDS TINE__PRAGMA(GCC diagnostic pop)

#define tine_is_spawned(...) ((__VA_ARGS__) != 0)
#define tine_is_submitted(...) ((__VA_ARGS__) != 0)
#define tine_flowvar_move(...)                                                                     \
    __extension__({                                                                                \
        __typeof__(__VA_ARGS__) *tine__from = &(__VA_ARGS__);                                      \
        __typeof__(__VA_ARGS__) tine__moved = *tine__from;                                         \
        *tine__from = 0;                                                                           \
        tine__moved;                                                                               \
    })

#define TINE__LEFT(word)                                                                           \
    sizeof(struct {                                                                                \
        _Static_assert(0, word " was left untranslated: words in system headers and in the "       \
                               "text of a file of -include are not translated");                   \
        int tine__member;                                                                          \
    })
#define tine_spawn (void *)TINE__LEFT("spawn") + 0 * sizeof
#define tine_submit (void *)TINE__LEFT("tine_submit") + 0 * sizeof
#define tine_spawn_on(ex, ...) ((void *)TINE__LEFT("spawn_on"))
#define tine_submit_on(ex, ...) ((void *)TINE__LEFT("tine_submit_on"))
#define tine_sync(...) ((*(__VA_ARGS__))((struct tine_task *)TINE__LEFT("sync")))
#define tine_wait_for(...) ((*(__VA_ARGS__))((struct tine_job *)TINE__LEFT("tine_wait_for")))
#define tine_is_ready(...) ((_Bool)TINE__LEFT("is_ready"))
#define tine_sync_scope if (!TINE__LEFT("sync_scope")) { } else
#define tine_sync_scope_on(...) if (!TINE__LEFT("sync_scope_on")) { } else

#endif
