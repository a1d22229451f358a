// Boost.Lockfree, through the same harness as the contenders written in C.
#include "harness.h"

#include <boost/lockfree/queue.hpp>
#include <boost/lockfree/spsc_queue.hpp>

typedef boost::lockfree::spsc_queue<uint64_t> boost_spsc;
typedef boost::lockfree::queue<uint64_t, boost::lockfree::fixed_sized<true>> boost_mpmc;
typedef boost::lockfree::spsc_queue<item64> boost_spsc64;

CONTENDER(bspsc, "", "", 0, boost_spsc, uint64_t, item_of, item_value, q = new boost_spsc(capacity),
          delete q, q->push(v), q->pop(v))
CONTENDER(bmpmc, "", "", 0, boost_mpmc, uint64_t, item_of, item_value, q = new boost_mpmc(capacity),
          delete q, q->bounded_push(v), q->pop(v))
CONTENDER(bspsc64, "", "", 0, boost_spsc64, item64, item64_of, item64_value,
          q = new boost_spsc64(capacity), delete q, q->push(v), q->pop(v))

extern "C" {
extern const contender boost_contenders[] = {
    ENTRY(bspsc, "Boost spsc_queue", "try", ONE_IN | ONE_OUT),
    ENTRY(bmpmc, "Boost queue", "try", MANY_IN | MANY_OUT),
    ENTRY(bspsc64, "Boost spsc_queue", "try64", ONE_IN | ONE_OUT),
};
extern const size_t boost_contender_count = sizeof boost_contenders / sizeof *boost_contenders;
}
