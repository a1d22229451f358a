/* Canonical types as C text, built from their parts: libclang's own spelling names a struct that only
 * a typedef has named by its place in the file. */
#include <string.h>

#include "harvest_internal.h"

static void prepend(str *s, const char *text)
{
    str copy = {0};
    str_puts(&copy, text);
    str_add_str(&copy, s);
    str_free(s);
    *s = copy;
}

static void prepend_qualifiers(str *s, CXType type)
{
    if (clang_isRestrictQualifiedType(type))
        prepend(s, "__restrict ");
    if (clang_isVolatileQualifiedType(type))
        prepend(s, "volatile ");
    if (clang_isConstQualifiedType(type))
        prepend(s, "const ");
}

static bool is_identifier(const char *text)
{
    for (const char *at = text; *at != '\0'; at++)
        if (!lex_is_ident(*at))
            return false;
    return *text != '\0';
}

/* The structs behind va_list have no tag that a program can name: an array has elements of the first
 * kind, and is passed as a pointer to one; where it is no array, it is of the second kind. */
const char *harvest_builtin_tag(const char *name)
{
    return strcmp(name, "__va_list_tag") == 0 ? "__typeof__((*(__builtin_va_list *)0)[0])"
           : strcmp(name, "__va_list") == 0   ? "__builtin_va_list"
                                              : NULL;
}

/* struct s, enum e, or the typedef that names what has no tag. */
static bool spell_tag(harvest *h, CXType type, str *s)
{
    CXCursor declaration = clang_getTypeDeclaration(type);
    const char *alias = map_get(&h->tag_names, clang_getCanonicalCursor(declaration));
    if (alias == NULL) {
        char *name = harvest_spelling(h, declaration);
        enum CXCursorKind kind = clang_getCursorKind(declaration);
        if (!is_identifier(name))
            return false;
        alias = harvest_builtin_tag(name);
        if (alias == NULL)
            alias = arena_printf(&h->m->arena, "%s %s",
                                 kind == CXCursor_EnumDecl    ? "enum"
                                 : kind == CXCursor_UnionDecl ? "union"
                                                              : "struct",
                                 name);
    }
    if (s->len > 0)
        prepend(s, " ");
    prepend(s, alias);
    return true;
}

static bool spell_into(harvest *h, CXType type, str *s, bool qualifiers);

static bool spell_function(harvest *h, CXType type, str *s)
{
    int count = clang_getNumArgTypes(type);
    str_putc(s, '(');
    for (int i = 0; i < count; i++) {
        str argument = {0};
        bool ok = spell_into(h, clang_getArgType(type, (unsigned)i), &argument, true);
        str_printf(s, "%s%s", i > 0 ? ", " : "", str_cstr(&argument));
        str_free(&argument);
        if (!ok)
            return false;
    }
    if (type.kind == CXType_FunctionProto && clang_isFunctionTypeVariadic(type))
        str_puts(s, count > 0 ? ", ..." : "...");
    else if (type.kind == CXType_FunctionProto && count == 0)
        str_puts(s, "void");
    str_putc(s, ')');
    return spell_into(h, clang_getResultType(type), s, true);
}

static bool spell_pointer(harvest *h, CXType type, str *s, bool qualifiers)
{
    CXType pointee = clang_getCanonicalType(clang_getPointeeType(type));
    if (qualifiers)
        prepend_qualifiers(s, type);
    prepend(s, "*");
    bool inside = pointee.kind == CXType_FunctionProto || pointee.kind == CXType_FunctionNoProto ||
                  pointee.kind == CXType_ConstantArray || pointee.kind == CXType_IncompleteArray;
    if (inside) {
        prepend(s, "(");
        str_putc(s, ')');
    }
    return spell_into(h, pointee, s, true);
}

/* Puts a type around a declarator: s is what has been declared so far, from the inside. */
static bool spell_into(harvest *h, CXType type, str *s, bool qualifiers)
{
    type = clang_getCanonicalType(type);
    switch (type.kind) {
    case CXType_Pointer:
        return spell_pointer(h, type, s, qualifiers);
    case CXType_ConstantArray:
        str_printf(s, "[%lld]", clang_getArraySize(type));
        return spell_into(h, clang_getArrayElementType(type), s, true);
    case CXType_IncompleteArray:
        str_puts(s, "[]");
        return spell_into(h, clang_getArrayElementType(type), s, true);
    case CXType_VariableArray:
        return false;
    case CXType_FunctionProto:
    case CXType_FunctionNoProto:
        return spell_function(h, type, s);
    case CXType_Record:
    case CXType_Enum:
        if (!spell_tag(h, type, s))
            return false;
        if (qualifiers)
            prepend_qualifiers(s, type);
        return true;
    default:
        break;
    }
    CXString spelling = clang_getTypeSpelling(type);
    const char *text = clang_getCString(spelling);
    while (!qualifiers && (strncmp(text, "const ", 6) == 0 || strncmp(text, "volatile ", 9) == 0))
        text = strchr(text, ' ') + 1;
    if (s->len > 0)
        prepend(s, " ");
    prepend(s, text);
    clang_disposeString(spelling);
    return true;
}

const char *harvest_spell(harvest *h, CXType type)
{
    str s = {0};
    const char *text =
        spell_into(h, type, &s, false) ? arena_strdup(&h->m->arena, str_cstr(&s)) : NULL;
    str_free(&s);
    return text;
}

/* Newer libclangs give a struct without a tag its typedef's name, but then no "struct" in front. */
static bool has_tag(CXCursor declaration, const char *name)
{
    CXString spelling = clang_getTypeSpelling(clang_getCursorType(declaration));
    bool found = is_identifier(name) && strcmp(clang_getCString(spelling), name) != 0;
    clang_disposeString(spelling);
    return found;
}

void harvest_note_tag(harvest *h, CXCursor typedef_declaration)
{
    CXType type = clang_getCanonicalType(clang_getTypedefDeclUnderlyingType(typedef_declaration));
    if (type.kind != CXType_Record && type.kind != CXType_Enum)
        return;
    CXCursor declaration = clang_getCanonicalCursor(clang_getTypeDeclaration(type));
    if (!has_tag(declaration, harvest_spelling(h, declaration)) &&
        map_get(&h->tag_names, declaration) == NULL)
        map_put(&h->tag_names, declaration, harvest_spelling(h, typedef_declaration));
}
