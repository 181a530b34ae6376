// How every function of this module reports failure: a negative errno value.

#ifndef LINUXIO_RESULT_H
#define LINUXIO_RESULT_H

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

/// Turns the C library's "-1 and errno" into a negative errno value; any other result is returned as it is.
static inline long linuxio_result(long result) { return result < 0 ? -(long)errno : result; }

#endif
