/* Neither translated, nor serial, nor analysis: the types are there, and every word is an error that
 * says what to do. So headers that declare flowvars can be included anywhere. */
#ifndef TINE_UNTRANSLATED_H
#define TINE_UNTRANSLATED_H

#include <tine/types.h>

/* An integer constant, and an error that says why there is none. tcc knows no assertion in a struct:
 * there an undeclared name says it. */
#if defined(__TINYC__)
#define TINE__TRANSLATE(word) this_needs_tinecc_or_tine_enable_in_CMake_or_TINE_SERIAL
#else
#define TINE__TRANSLATE(word)                                                                      \
    sizeof(struct {                                                                                \
        _Static_assert(0, word " needs translation: compile with tinecc, use tine_enable(target) " \
                               "in CMake, or -DTINE_SERIAL for plain serial C");                   \
        int tine__member;                                                                          \
    })
#endif

#define tine_spawn (void *)TINE__TRANSLATE("spawn") + 0 * sizeof
#define tine_submit (void *)TINE__TRANSLATE("tine_submit") + 0 * sizeof
#define tine_spawn_on(ex, ...) ((void *)TINE__TRANSLATE("spawn_on"))
#define tine_submit_on(ex, ...) ((void *)TINE__TRANSLATE("tine_submit_on"))
#define tine_sync(...) ((*(__VA_ARGS__))((struct tine_task *)TINE__TRANSLATE("sync")))
#define tine_wait_for(...) ((*(__VA_ARGS__))((struct tine_job *)TINE__TRANSLATE("tine_wait_for")))
#define tine_is_spawned(...) ((_Bool)TINE__TRANSLATE("is_spawned"))
#define tine_is_ready(...) ((_Bool)TINE__TRANSLATE("is_ready"))
#define tine_is_submitted(...) ((_Bool)TINE__TRANSLATE("tine_is_submitted"))
#define tine_flowvar_move(...)                                                                     \
    ((__typeof__(__VA_ARGS__))((char *)(__VA_ARGS__) + 0 * TINE__TRANSLATE("flowvar_move")))
#define tine_sync_scope if (!TINE__TRANSLATE("sync_scope")) { } else
#define tine_sync_scope_on(...) if (!TINE__TRANSLATE("sync_scope_on")) { } else

#endif
