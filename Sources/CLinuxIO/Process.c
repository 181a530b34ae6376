// The parts of the process interface that need the C library's own globals; and the proof that layouts match the kernel's.

#define _GNU_SOURCE
#include "CLinuxIO.h"

#include <linux/openat2.h>
#include <sys/prctl.h>

_Static_assert(sizeof(struct linuxio_statx) == sizeof(struct statx), "statx has the kernel's size");
_Static_assert(offsetof(struct linuxio_statx, stx_ino) == offsetof(struct statx, stx_ino), "statx layout");
_Static_assert(offsetof(struct linuxio_statx, stx_mtime) == offsetof(struct statx, stx_mtime), "statx layout");
_Static_assert(offsetof(struct linuxio_statx, stx_mnt_id) == offsetof(struct statx, stx_mnt_id), "statx layout");
_Static_assert(sizeof(struct linuxio_open_how) == sizeof(struct open_how), "open_how has the kernel's size");
_Static_assert(sizeof(long) == 8, "offsets are passed to system calls in one 64-bit register");

char **linuxio_environment(void) { return environ; }

int linuxio_die_with_parent(void) { return (int)linuxio_result(prctl(PR_SET_PDEATHSIG, SIGKILL)); }

pid_t linuxio_fork_behind_gate(int gate, int other_end) {
    pid_t child = fork();
    if (child != 0) return child < 0 ? -errno : child;
    // Only what is safe after a fork of a threaded process: system calls.
    char byte;
    close(other_end);
    while (read(gate, &byte, 1) < 0 && errno == EINTR) {}
    _exit(0);
}
