#include <tine.h>
#define SPAWN_INTO(name, call) flowvar(int) name = spawn call;
