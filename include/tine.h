/* Tine: spawn and sync for plain C.
 *
 * One source file can be read in three ways; a macro chooses.
 *
 *   TINE_TRANSLATED   in what the translator writes: types, and the runtime's ABI
 *   TINE_SERIAL       plain C11: every word is erased; needs neither translator nor library
 *   TINE_ANALYSIS     full types for the translator, clangd, clang-tidy and the like
 *   none of them      everything but the words: the first spawn is an error that says what to do
 *
 * (TINE_PREPROCESS: for the translator's use of cc -E, during which the words are plain names.)
 *
 * Words: spawn, spawn_on, sync, flowvar, flowvar_move, is_spawned, is_ready, sync_scope,
 * sync_scope_on, sync_all; each also with tine_ before it, which is all that is left under
 * TINE_NO_SHORT_NAMES. Always prefixed: tine_submit, tine_submit_on, tine_pending, tine_wait_for,
 * tine_is_submitted, and the functions of <tine/api.h>.
 *
 * C++ gets the types and the functions, not the words. */
#ifndef TINE_H
#define TINE_H

#if defined(TINE_TRANSLATED) + defined(TINE_SERIAL) + defined(TINE_ANALYSIS) > 1
#error "define at most one of TINE_TRANSLATED, TINE_SERIAL and TINE_ANALYSIS"
#endif

#if defined(TINE_PREPROCESS)
#include <tine/api.h>
#elif defined(TINE_SERIAL) && !defined(__cplusplus)
#include <tine/serial.h>
#else
#include <tine/api.h>
#include <tine/types.h>
#if defined(__cplusplus)
/* The words have no meaning here. */
#elif defined(TINE_TRANSLATED)
#include <tine/translated.h>
#elif defined(TINE_ANALYSIS)
#include <tine/analysis.h>
#else
#include <tine/untranslated.h>
#endif
#endif

#if !defined(TINE_NO_SHORT_NAMES) && !defined(TINE_PREPROCESS)
#include <tine/short_names.h>
#endif

#endif
