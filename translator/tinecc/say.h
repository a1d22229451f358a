/* What the driver says: one clear line on stderr, in the form that compilers use. */
#ifndef TINECC_SAY_H
#define TINECC_SAY_H

void say_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void say_warning(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* To stdout, as it stands. */
void say_plain(const char *text);

#endif
