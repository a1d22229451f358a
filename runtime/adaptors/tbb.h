/* An executor on oneTBB's threads, for programs that have them already: tine_tbb, built when oneTBB
 * and a C++ compiler are there. */
#ifndef TINE_ADAPTORS_TBB_H
#define TINE_ADAPTORS_TBB_H

#include <tine/api.h>

#ifdef __cplusplus
extern "C" {
#endif

/* An executor whose tasks run in a oneTBB arena of `workers` threads, or as many as oneTBB has
 * of its own if that is less or workers is 0.
 * NULL with errno ENOMEM. Ends with tine_executor_free. */
tine_executor *tine_executor_tbb(unsigned workers);

#ifdef __cplusplus
}
#endif

#endif
