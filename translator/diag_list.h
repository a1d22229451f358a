/* Every diagnostic of Tine: X(identifier, severity, name). In the order of docs/diagnostics.md,
 * which explains each; test/unit/diag_test.c holds the two together.
 *
 * Errors cannot be switched off; warnings are -Wtine-NAME in the group -Wtine. */

/* Errors: what is no Tine. */
X(NOT_A_CALL, ERROR, "not-a-call")         /* operand of spawn or submit */
X(NOT_A_REAL_CALL, ERROR, "not-a-real-call") /* va_arg, setjmp, alloca, builtins */
X(UNDECLARED, ERROR, "undeclared")         /* call of an undeclared function */
X(TOO_MANY_ARGUMENTS, ERROR, "too-many-arguments")
X(CONSTANT, ERROR, "constant-expression")  /* spawn where a constant is needed */
X(TYPE_MISMATCH, ERROR, "type-mismatch")   /* flowvar(A) from a call that gives B */
X(OPERAND, ERROR, "operand")               /* a handle under an operator, or as a condition */
X(NOT_A_FLOWVAR, ERROR, "not-a-flowvar")   /* sync, is_ready, ... of something else */
X(NOT_AN_EXECUTOR, ERROR, "not-an-executor")
X(NOT_AN_LVALUE, ERROR, "not-an-lvalue")   /* sync, flowvar_move of a temporary */
X(MISPLACED, ERROR, "misplaced") /* spawn, sync at file scope; words where they cannot be */
X(NO_BLOCK, ERROR, "no-block")             /* sync_scope without { */
X(JUMP_INTO_SCOPE, ERROR, "jump-into-scope") /* goto or case label into a sync_scope */
X(UNSUPPORTED, ERROR, "unsupported")       /* a place where no C can be generated */

/* Errors: ownership. */
X(COPY, ERROR, "copy")                     /* of a flowvar or of what holds one */
X(USE_AFTER_SYNC, ERROR, "use-after-sync")
X(DOUBLE_SYNC, ERROR, "double-sync")
X(USE_AFTER_MOVE, ERROR, "use-after-move")
X(NEVER_SPAWNED, ERROR, "never-spawned")   /* sync of a handle never spawned */

/* Warnings. */
X(UNUSED_RESULT, WARNING, "unused-result") /* spawn as a statement drops a result */
X(NEVER_SYNCED, WARNING, "never-synced")
X(SOMETIMES_SYNCED, WARNING, "sometimes-synced") /* on some paths only */
X(ESCAPE, WARNING, "escape")               /* address of a local may outlive its frame */
X(THREAD_LOCAL, WARNING, "thread-local")   /* spawned function uses thread-local variables */
X(LONGJMP, WARNING, "longjmp")             /* spawned function longjmps */
X(RACE, WARNING, "race")                   /* continuation writes what a task may read */
X(LOCK_HELD, WARNING, "lock-held")         /* mutex held across sync */
X(OPTION, WARNING, "unknown-option")       /* -Wtine-... that is not there */
