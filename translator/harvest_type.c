/* Types of clang into ctypes: whether they are flowvars, and how they can be written where helpers
 * stand, in front of the function. */
#include <stdlib.h>
#include <string.h>

#include "harvest_internal.h"

static char *type_spelling(harvest *h, CXType type)
{
    CXString spelling = clang_getTypeSpelling(type);
    char *text = arena_strdup(&h->m->arena, clang_getCString(spelling));
    clang_disposeString(spelling);
    return text;
}

bool harvest_is_pointer(CXType type)
{
    return clang_getCanonicalType(type).kind == CXType_Pointer;
}

/* flowvar(T) is T (**)(struct tine_task *), tine_pending(T) the same with struct tine_job. */
static flow_kind handle_kind(CXType type, CXType *result)
{
    CXType at = clang_getCanonicalType(type);
    if (at.kind != CXType_Pointer)
        return FLOW_NONE;
    at = clang_getCanonicalType(clang_getPointeeType(at));
    if (at.kind != CXType_Pointer)
        return FLOW_NONE;
    at = clang_getCanonicalType(clang_getPointeeType(at));
    if (at.kind != CXType_FunctionProto || clang_getNumArgTypes(at) != 1)
        return FLOW_NONE;
    CXType argument = clang_getCanonicalType(clang_getArgType(at, 0));
    if (argument.kind != CXType_Pointer)
        return FLOW_NONE;
    CXString name = clang_getTypeSpelling(clang_getCanonicalType(clang_getPointeeType(argument)));
    const char *text = clang_getCString(name);
    flow_kind kind = strcmp(text, "struct tine_task") == 0  ? FLOW_VAR
                     : strcmp(text, "struct tine_job") == 0 ? FLOW_PENDING
                                                            : FLOW_NONE;
    clang_disposeString(name);
    *result = clang_getResultType(at);
    return kind;
}

struct field_visit {
    harvest *h;
    ctype *record;
    ctype_field **last;
    bool holds;
};

static enum CXVisitorResult visit_field(CXCursor cursor, CXClientData data)
{
    struct field_visit *v = data;
    CXType type = clang_getCursorType(cursor);
    if (harvest_flow(v->h, type) == FLOW_NONE)
        return CXVisit_Continue;
    v->holds = true;
    if (v->record != NULL) {
        ctype_field *field = arena_alloc(&v->h->m->arena, sizeof *field);
        field->name = harvest_spelling(v->h, cursor);
        field->type = harvest_type(v->h, type);
        long long bits = clang_Cursor_getOffsetOfField(cursor);
        field->offset = bits < 0 ? -1 : bits / 8;
        *v->last = field;
        v->last = &field->next;
    }
    return CXVisit_Continue;
}

static bool record_holds(harvest *h, CXType type)
{
    static char yes, no;
    CXCursor declaration = clang_getTypeDeclaration(type);
    void *known = map_get(&h->records, declaration);
    if (known != NULL)
        return known == &yes;
    struct field_visit visit = {.h = h};
    clang_Type_visitFields(type, visit_field, &visit);
    map_put(&h->records, declaration, visit.holds ? &yes : &no);
    return visit.holds;
}

flow_kind harvest_flow(harvest *h, CXType type)
{
    CXType result, canonical = clang_getCanonicalType(type);
    flow_kind kind;
    switch (canonical.kind) {
    case CXType_Pointer:
        return handle_kind(canonical, &result);
    case CXType_ConstantArray:
    case CXType_IncompleteArray:
    case CXType_VariableArray:
        kind = harvest_flow(h, clang_getArrayElementType(canonical));
        return kind == FLOW_NONE ? FLOW_NONE : FLOW_HOLDER;
    case CXType_Record:
        return record_holds(h, canonical) ? FLOW_HOLDER : FLOW_NONE;
    default:
        return FLOW_NONE;
    }
}

/* ---- how a type can be written ----------------------------------------------------------------- */

enum visibility {
    VISIBLE,       /* as written */
    CANONICAL,     /* only its canonical form */
    VOID_POINTER,  /* a pointer to something that cannot be named: void * serves */
    INVISIBLE
};

static bool is_local(CXCursor declaration)
{
    enum CXCursorKind parent = clang_getCursorKind(clang_getCursorSemanticParent(declaration));
    return parent != CXCursor_TranslationUnit && parent != CXCursor_InvalidFile &&
           parent != CXCursor_StructDecl && parent != CXCursor_UnionDecl;
}

/* A tag that only the compiler can write. */
static bool is_builtin(CXCursor declaration)
{
    CXString name = clang_getCursorSpelling(declaration);
    bool found = harvest_builtin_tag(clang_getCString(name)) != NULL;
    clang_disposeString(name);
    return found;
}

static enum visibility worse(enum visibility a, enum visibility b)
{
    return a > b ? a : b;
}

static enum visibility visibility_of(CXType type);

static enum visibility function_visibility(CXType type)
{
    enum visibility v = visibility_of(clang_getResultType(type));
    for (int i = 0; i < clang_getNumArgTypes(type); i++) {
        CXType argument = clang_getArgType(type, (unsigned)i);
        if (argument.kind == CXType_VariableArray) /* a pointer in truth, and spelled as one */
            argument = clang_getArrayElementType(argument);
        v = worse(v, visibility_of(argument));
    }
    return v;
}

static enum visibility visibility_of(CXType type)
{
    enum visibility v;
    switch (type.kind) {
    case CXType_Pointer:
        v = visibility_of(clang_getPointeeType(type));
        return v == INVISIBLE ? VOID_POINTER : v;
    case CXType_Typedef:
        if (!is_local(clang_getTypeDeclaration(type)))
            return VISIBLE;
        return worse(CANONICAL, visibility_of(clang_getCanonicalType(type)));
    case CXType_Elaborated:
        return visibility_of(clang_Type_getNamedType(type));
    case CXType_Record:
    case CXType_Enum:
        if (is_builtin(clang_getTypeDeclaration(type)))
            return CANONICAL;
        return is_local(clang_getTypeDeclaration(type)) ? INVISIBLE : VISIBLE;
    case CXType_VariableArray:
        return INVISIBLE;
    case CXType_ConstantArray:
    case CXType_IncompleteArray:
    case CXType_Vector:
        return visibility_of(clang_getArrayElementType(type));
    case CXType_FunctionProto:
    case CXType_FunctionNoProto:
        return function_visibility(type);
    default:
        if (clang_equalTypes(type, clang_getCanonicalType(type)))
            return VISIBLE;
        return worse(CANONICAL, visibility_of(clang_getCanonicalType(type)));
    }
}

/* Without const, volatile and restrict at the top, and _Atomic. */
static CXType unqualified(CXType type)
{
#if CINDEX_VERSION_MINOR >= 63
    type = clang_getUnqualifiedType(type);
#else
    if (clang_isConstQualifiedType(type) || clang_isVolatileQualifiedType(type) ||
        clang_isRestrictQualifiedType(type)) {
        CXType canonical = clang_getCanonicalType(type);
        return canonical;
    }
#endif
    return type.kind == CXType_Atomic ? clang_Type_getValueType(type) : type;
}

static const char *nameable(const char *text)
{
    bool anonymous = strstr(text, "(unnamed") != NULL || strstr(text, "(anonymous") != NULL;
    return anonymous ? NULL : text;
}

/* A type that a field of a capture, a parameter or a result can have. */
static const char *writable_text(harvest *h, CXType type, const ctype *t)
{
    CXType canonical = clang_getCanonicalType(type);
    const char *spelled;
    bool qualified = clang_isConstQualifiedType(type) || clang_isVolatileQualifiedType(type) ||
                     clang_isRestrictQualifiedType(type);
    switch (visibility_of(type)) {
    case VISIBLE:
        if (!qualified && nameable(t->written) != NULL)
            return t->written;
        /* fall through */
    case CANONICAL:
        spelled = harvest_spell(h, canonical);
        return spelled == NULL && canonical.kind == CXType_Pointer ? "void *" : spelled;
    case VOID_POINTER:
        return "void *";
    case INVISIBLE:
        break;
    }
    return NULL;
}

struct tag_search {
    harvest *h;
    CXType tag;
    const char *text; /* of the first variable that has this type, or function that has this result */
};

/* What can stand for an argument where nothing is evaluated; NULL: the type has no name either. */
static const char *placeholder(harvest *h, CXType type)
{
    CXType canonical = clang_getCanonicalType(type);
    const char *spelled = harvest_spell(h, canonical);
    if (spelled != NULL)
        return arena_printf(&h->m->arena, "*(__typeof__(%s) *)0", spelled);
    return canonical.kind == CXType_Pointer ? "*(void **)0" : NULL;
}

/* A call of a function with that result. */
static const char *call_text(harvest *h, CXCursor function)
{
    CXType type = clang_getCanonicalType(clang_getCursorType(function));
    const char *arguments = "";
    for (int i = 0; i < clang_getNumArgTypes(type); i++) {
        const char *one = placeholder(h, clang_getArgType(type, (unsigned)i));
        if (one == NULL)
            return NULL;
        arguments = arena_printf(&h->m->arena, "%s%s%s", arguments, i > 0 ? ", " : "", one);
    }
    return arena_printf(&h->m->arena, "%s(%s)", harvest_spelling(h, function), arguments);
}

static enum CXChildVisitResult visit_for_tag(CXCursor cursor, CXCursor parent, CXClientData data)
{
    struct tag_search *search = data;
    CXType type = clang_getCanonicalType(clang_getCursorType(cursor));
    const char *text = NULL;
    (void)parent;
    if (clang_getCursorKind(cursor) == CXCursor_VarDecl && clang_equalTypes(type, search->tag))
        text = harvest_spelling(search->h, cursor);
    else if (clang_getCursorKind(cursor) == CXCursor_FunctionDecl &&
             clang_equalTypes(clang_getCanonicalType(clang_getResultType(type)), search->tag))
        text = call_text(search->h, cursor);
    if (text == NULL)
        return CXChildVisit_Continue;
    search->text = arena_printf(&search->h->m->arena, "__typeof__(%s)", text);
    return CXChildVisit_Break;
}

/* A tag without a name can be written as the type of some variable of the file, or as what some function
 * returns. */
static const char *tag_text(harvest *h, CXType tag)
{
    struct tag_search search = {.h = h, .tag = tag};
    CXCursor declaration = clang_getTypeDeclaration(tag);
    if (!is_local(declaration))
        clang_visitChildren(
            clang_getTranslationUnitCursor(clang_Cursor_getTranslationUnit(declaration)),
            visit_for_tag, &search);
    return search.text;
}

/* A struct, union or enumeration that has no name here. */
static const char *unnamed_text(harvest *h, CXType canonical)
{
    if (canonical.kind != CXType_Record && canonical.kind != CXType_Enum)
        return NULL;
    const char *text = tag_text(h, canonical);
    if (text == NULL && canonical.kind == CXType_Enum)
        text = type_spelling(h, clang_getEnumDeclIntegerType(clang_getTypeDeclaration(canonical)));
    return text;
}

static void fill_record(harvest *h, ctype *t, CXType canonical)
{
    struct field_visit visit = {.h = h, .record = t, .last = &t->fields};
    t->is_union =
        clang_getCursorKind(clang_getTypeDeclaration(canonical)) == CXCursor_UnionDecl;
    clang_Type_visitFields(canonical, visit_field, &visit);
}

/* fields: also those that hold handles. Nobody looks into what a handle gives, and a struct can hold
 * handles that give the struct itself. */
static ctype *type_of(harvest *h, CXType type, bool fields)
{
    ctype *t = arena_alloc(&h->m->arena, sizeof *t);
    CXType result, canonical;
    t->is_atomic = clang_getCanonicalType(type).kind == CXType_Atomic;
    type = unqualified(type);
    canonical = clang_getCanonicalType(type);
    t->written = type_spelling(h, type);
    t->canonical = harvest_spell(h, canonical);
    if (t->canonical == NULL)
        t->canonical = type_spelling(h, canonical);
    t->text = writable_text(h, type, t);
    if (t->text == NULL)
        t->text = unnamed_text(h, canonical);
    t->is_exact = t->text != NULL && (strcmp(t->text, "void *") != 0 ||
                                      strcmp(t->canonical, "void *") == 0);
    t->size = clang_Type_getSizeOf(canonical);
    t->align = clang_Type_getAlignOf(canonical);
    t->flow = harvest_flow(h, canonical);
    t->is_void = canonical.kind == CXType_Void;
    t->is_pointer = canonical.kind == CXType_Pointer;
    t->is_record = canonical.kind == CXType_Record;
    t->is_vla = canonical.kind == CXType_VariableArray;
    t->is_array = t->is_vla || canonical.kind == CXType_ConstantArray ||
                  canonical.kind == CXType_IncompleteArray;
    if (t->flow == FLOW_VAR || t->flow == FLOW_PENDING) {
        handle_kind(canonical, &result);
        t->result = type_of(h, result, false);
    } else if (t->is_array) {
        t->element = type_of(h, clang_getArrayElementType(canonical), fields);
        t->count = clang_getArraySize(canonical);
    } else if (t->flow == FLOW_HOLDER && fields) {
        fill_record(h, t, canonical);
    }
    return t;
}

ctype *harvest_type(harvest *h, CXType type)
{
    return type_of(h, type, true);
}
