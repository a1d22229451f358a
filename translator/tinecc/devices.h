/* Dependency rules that the user wants on a device or a pipe, such as /dev/stdout: the compiler writes them
 * to a temporary file, where the names are corrected before they go there. */
#ifndef TINECC_DEVICES_H
#define TINECC_DEVICES_H

#include "cmdline.h"

/* Puts temporary files in the places of devices among the files of -MF and -Wp,-MD, on the command line. */
void devices_take(struct cmdline *c);

/* Writes what has come to where it was to go. False, with a message said, if that fails. */
bool devices_hand_on(void);

#endif
