/* What each use of a confined scalar finds: a walk of the function. */
#include "plan.h"

void plan_flow(model *m, function *f)
{
    (void)m;
    (void)f;
}
