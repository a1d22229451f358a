/* tinecc: the C compiler with Tine's translation in front of it.
 *
 * The phases: read the command line (cmdline), find the tools (tools), look through the C sources for
 * Tine words (scan), translate those that have any (build, by running tine), hand everything to the
 * compiler behind (build, proc), put the user's names into dependency files (deps).
 */
#include "build.h"
#include "cmdline.h"
#include "proc.h"
#include "tools.h"

int main(int argc, char **argv)
{
    struct cmdline c = {0};
    struct tools t = {0};
    proc_setup();
    cmdline_read(&c, argc, argv);
    tools_find(&t, argv[0]);
    tools_know_compiler(&t, &c);
    return build(&c, &t);
}
