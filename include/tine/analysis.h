/* Analysis mode: what the translator and editors read. Never compiled into a program.
 *
 * Every word expands to C with the right type that leaves its operands in the syntax tree; nothing
 * here is defined anywhere. What a reader of the tree finds:
 *
 *   spawn call            (void *) sizeof call
 *   spawn_on(ex, call)    (tine__analysis_on((ex), sizeof(call))), a void *
 *   tine_submit..., tine_submit_on(ex, call): the same
 *   sync(fv)              ((*(fv))((struct tine_task *)0)), of type T; tine_wait_for: tine_job
 *   is_spawned(fv), is_ready(fv), tine_is_submitted(p)   ((_Bool)(*(fv) != 0))
 *   flowvar_move(fv)      ((__typeof__(fv))(fv))
 *   sync_scope { }        if (0) { } else { }
 *   sync_scope_on(ex) { } if (!sizeof(tine__analysis_on((ex), 0))) { } else { }
 *
 * A void * initialises any handle; that its T is the call's is the translator's to check. */
#ifndef TINE_ANALYSIS_H
#define TINE_ANALYSIS_H

#include <stddef.h>
#include <tine/api.h>
#include <tine/types.h>

void *tine__analysis_on(tine_executor *executor, size_t call);

#if defined(__clang_analyzer__) /* clang-tidy warns of integers that are made pointers */
/* NOLINTNEXTLINE(bugprone-macro-parentheses) */
#define tine_spawn (void *)"" + sizeof
/* NOLINTNEXTLINE(bugprone-macro-parentheses) */
#define tine_submit (void *)"" + sizeof
#else
#define tine_spawn (void *) sizeof
#define tine_submit (void *) sizeof
#endif
#define tine_spawn_on(ex, ...) (tine__analysis_on((ex), sizeof(__VA_ARGS__)))
#define tine_submit_on(ex, ...) (tine__analysis_on((ex), sizeof(__VA_ARGS__)))

#define tine_sync(...) ((*(__VA_ARGS__))((struct tine_task *)0))
#define tine_wait_for(...) ((*(__VA_ARGS__))((struct tine_job *)0))
#define tine_is_spawned(...) ((_Bool)(*(__VA_ARGS__) != 0))
#define tine_is_ready(...) ((_Bool)(*(__VA_ARGS__) != 0))
#define tine_is_submitted(...) ((_Bool)(*(__VA_ARGS__) != 0))
#define tine_flowvar_move(...) ((__typeof__(__VA_ARGS__))(__VA_ARGS__))

#define tine_sync_scope if (0) { } else
#define tine_sync_scope_on(...) if (!sizeof(tine__analysis_on((__VA_ARGS__), 0))) { } else

/* Compiled into a program all the same, the words would run nothing and give null for a result. Such a
 * program must not link; a constructor is what no linker leaves out. */
#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wglobal-constructors"
#endif
void tine_was_not_translated_compile_with_tinecc_or_tine_enable(void);
__attribute__((constructor, unused)) static void tine__analysis_must_not_run(void)
{
    tine_was_not_translated_compile_with_tinecc_or_tine_enable();
}
#if defined(__clang__)
#pragma clang diagnostic pop
#endif

/* A function, not a word: the macro shows that it looks at the handle and does not take it. */
#define tine_when_ended(pending, call, argument)                                                   \
    ((tine_when_ended)((void *)sizeof(*(pending) != 0), call, argument))

/* What the words above make of blameless code. They hold to the end of the translation unit: the
 * words stand in the user's code, so there is nowhere to end them. */
#if defined(__clang__)
#pragma clang diagnostic ignored "-Wunevaluated-expression"
#pragma clang diagnostic ignored "-Wunused-value"
#pragma clang diagnostic ignored "-Wunused-comparison"
#pragma clang diagnostic ignored "-Wdangling-else"
#pragma clang diagnostic ignored "-Wpointer-arith"
#pragma clang diagnostic ignored "-Wunreachable-code"
#pragma clang diagnostic ignored "-Wunneeded-internal-declaration"
#elif defined(__GNUC__)
#pragma GCC diagnostic ignored "-Wunused-value"
#pragma GCC diagnostic ignored "-Wdangling-else"
#pragma GCC diagnostic ignored "-Wpointer-arith"
#endif

#endif
