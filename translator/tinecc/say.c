/* See say.h. */
#include "say.h"

#include <stdarg.h>
#include <stdio.h>

static void say(const char *kind, const char *format, va_list args)
{
    fprintf(stderr, "tinecc: %s: ", kind);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
}

void say_error(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say("error", format, args);
    va_end(args);
}

void say_warning(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say("warning", format, args);
    va_end(args);
}

void say_plain(const char *text)
{
    fputs(text, stdout);
}
