#include <tine.h>

#include <fstream>
#include <iostream>
#include <unistd.h>
#include <vector>

struct holder {
    flowvar(int) x;
    tine_pending(double) y;
};
int spawn, is_ready;

int main()
{
    std::ofstream file;
    file.rdbuf()->pubsync();
    std::cin.sync();
    sync();
    holder h = {};
    tine_executor *e = tine_executor_new(nullptr);
    tine_executor_free(e);
    tine_blocking_begin();
    tine_blocking_end();
    tine_sync_all();
    return h.x != nullptr;
}
