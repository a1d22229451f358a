/* The short names: macros over those that begin with tine_.
 *
 * flowvar is a type and serves everywhere, C++ included. The other words belong to C alone.
 *
 * sync is also a function of <unistd.h>, which may be included before or after this header:
 *   sync()      calls that function;
 *   sync(void)  stays, where <unistd.h> declares it (see below);
 *   sync(fv)    is Tine's. */
#ifndef TINE_SHORT_NAMES_H
#define TINE_SHORT_NAMES_H

#define flowvar(...) tine_flowvar(__VA_ARGS__)

#if !defined(__cplusplus)

#define sync_all() tine_sync_all()
#define spawn tine_spawn
#define spawn_on(ex, ...) tine_spawn_on(ex, __VA_ARGS__)
#define flowvar_move(...) tine_flowvar_move(__VA_ARGS__)
#define is_spawned(...) tine_is_spawned(__VA_ARGS__)
#define is_ready(...) tine_is_ready(__VA_ARGS__)
#define sync_scope tine_sync_scope
#define sync_scope_on(...) tine_sync_scope_on(__VA_ARGS__)

/* sync. Nothing may be pasted to an argument that can begin with any token, as sync(*p) does. So
 * emptiness is found without pasting: `TINE__COMMA arg ()` has a comma where arg is empty, and
 * nothing else has a comma only there. `void` cannot be told so. It is looked for only where
 * <unistd.h> may be declaring its function: in a header (__INCLUDE_LEVEL__), when the guard of
 * <unistd.h> was not defined when this header was read and now is. There the argument must begin
 * with a parenthesis, a name or a number: sync((*p)) instead of sync(*p). */
#define sync(...) TINE__CAT(TINE__SYNC_EMPTY_, TINE__IS_EMPTY(__VA_ARGS__))(__VA_ARGS__)
#define TINE__SYNC_EMPTY_1(...) sync(__VA_ARGS__)

#if defined(_UNISTD_H) || defined(_UNISTD_H_)
#define TINE__SYNC_EMPTY_0(...) tine_sync(__VA_ARGS__)
#else
#define TINE__SYNC_EMPTY_0(...)                                                                    \
    TINE__CAT3(TINE__SYNC_, TINE__IN_HEADER, TINE__UNISTD_SEEN)(__VA_ARGS__)
#define TINE__SYNC_00(...) tine_sync(__VA_ARGS__)
#define TINE__SYNC_01(...) tine_sync(__VA_ARGS__)
#define TINE__SYNC_10(...) tine_sync(__VA_ARGS__)
#define TINE__SYNC_11(...) TINE__CAT(TINE__SYNC_PAREN_, TINE__IS_PAREN(__VA_ARGS__))(__VA_ARGS__)
#define TINE__SYNC_PAREN_1(...) tine_sync(__VA_ARGS__)
#define TINE__SYNC_PAREN_0(...) TINE__CAT(TINE__SYNC_VOID_, TINE__IS_VOID(__VA_ARGS__))(__VA_ARGS__)
#define TINE__SYNC_VOID_0(...) tine_sync(__VA_ARGS__)
#define TINE__SYNC_VOID_1(...) sync(__VA_ARGS__)

#define TINE__IN_HEADER TINE__SECOND(TINE__CAT(TINE__LEVEL_, __INCLUDE_LEVEL__), 1, ~)
#define TINE__LEVEL_0 ~, 0
#define TINE__UNISTD_SEEN                                                                          \
    TINE__SECOND(TINE__CAT3(TINE__GUARDS_, _UNISTD_H, _UNISTD_H_), 1, ~)
#define TINE__GUARDS__UNISTD_H_UNISTD_H_ ~, 0
#define TINE__IS_VOID(...) TINE__SECOND(TINE__ARGUMENT_##__VA_ARGS__, 0, ~)
#define TINE__ARGUMENT_void ~, 1
#define TINE__IS_PAREN(...) TINE__HAS_COMMA(TINE__COMMA __VA_ARGS__)
#endif

#define TINE__IS_EMPTY(...)                                                                        \
    TINE__SECOND(TINE__CAT5(TINE__COMMAS_, TINE__HAS_COMMA(__VA_ARGS__),                           \
                            TINE__HAS_COMMA(TINE__COMMA __VA_ARGS__),                              \
                            TINE__HAS_COMMA(__VA_ARGS__()),                                        \
                            TINE__HAS_COMMA(TINE__COMMA __VA_ARGS__())),                           \
                 0, ~)
#define TINE__COMMAS_0001 ~, 1
#define TINE__COMMA(...) ,
/* Up to nine commas. */
#define TINE__HAS_COMMA(...) TINE__TENTH(__VA_ARGS__, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, ~)
#define TINE__TENTH(a, b, c, d, e, f, g, h, i, j, k, ...) k

#define TINE__SECOND(...) TINE__SECOND_(__VA_ARGS__)
#define TINE__SECOND_(a, b, ...) b
#define TINE__CAT(a, b) TINE__CAT_(a, b)
#define TINE__CAT_(a, b) a##b
#define TINE__CAT3(a, b, c) TINE__CAT3_(a, b, c)
#define TINE__CAT3_(a, b, c) a##b##c
#define TINE__CAT5(a, b, c, d, e) TINE__CAT5_(a, b, c, d, e)
#define TINE__CAT5_(a, b, c, d, e) a##b##c##d##e

#endif

#endif
