// The proof that the structures declared here are laid out as the kernel's.

#define _GNU_SOURCE
#include "CLinuxIO.h"

#include <linux/openat2.h>

_Static_assert(sizeof(struct linuxio_statx) == sizeof(struct statx), "statx has the kernel's size");
_Static_assert(offsetof(struct linuxio_statx, stx_ino) == offsetof(struct statx, stx_ino), "statx layout");
_Static_assert(offsetof(struct linuxio_statx, stx_mtime) == offsetof(struct statx, stx_mtime), "statx layout");
_Static_assert(offsetof(struct linuxio_statx, stx_mnt_id) == offsetof(struct statx, stx_mnt_id), "statx layout");
_Static_assert(sizeof(struct linuxio_open_how) == sizeof(struct open_how), "open_how has the kernel's size");
_Static_assert(sizeof(long) == 8, "offsets are passed to system calls in one 64-bit register");
