// The process: clock, memory and limits.

#ifndef LINUXIO_PROCESS_H
#define LINUXIO_PROCESS_H

#include "LinuxIOResult.h"

#include <stdlib.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#pragma clang assume_nonnull begin

static const int LINUXIO_RLIMIT_FSIZE = RLIMIT_FSIZE;
static const int LINUXIO_RLIMIT_NOFILE = RLIMIT_NOFILE;
static const int LINUXIO_RLIMIT_MEMLOCK = 8;
static const uint64_t LINUXIO_RLIM_INFINITY = UINT64_MAX;

// MARK: Clock

/// Nanoseconds on the monotonic clock.
static inline int64_t linuxio_monotonic_nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

// MARK: Children

/// A descriptor, close-on-exec, that stands for a process and becomes readable when that has ended.
static inline int linuxio_pidfd_open(int number) { return (int)linuxio_result(syscall(SYS_pidfd_open, number, 0U)); }

/// Takes note of how a child has ended, once: the code that it exited with, or 256 and the number of the signal that ended it.
/// `-EAGAIN` while it lives, `-ECHILD` when it is no child of this process or its end was noted before. With `keeps` the end stays to be noted.
static inline int linuxio_child_ending(int process, int keeps) {
    siginfo_t ending;
    memset(&ending, 0, sizeof ending);
    enum { by_descriptor = 3 /* P_PIDFD */ };
    int options = WEXITED | WNOHANG | (keeps ? WNOWAIT : 0);
    long result = linuxio_result(syscall(SYS_waitid, by_descriptor, process, &ending, options, NULL));
    if (result < 0) return (int)result;
    if (ending.si_pid == 0) return -EAGAIN;
    return ending.si_code == CLD_EXITED ? ending.si_status & 0xff : 256 + ending.si_status;
}

// MARK: Memory

/// The size of a page of memory, in bytes.
static inline long linuxio_page_bytes(void) { return sysconf(_SC_PAGESIZE); }

/// Allocates zeroed memory aligned to a power of two that is a multiple of the pointer size; null when there is none.
static inline void *_Nullable linuxio_allocate_aligned(size_t alignment, size_t bytes) {
    void *memory = NULL;
    if (posix_memalign(&memory, alignment, bytes) != 0) return NULL;
    return memset(memory, 0, bytes);
}

/// Frees memory of `linuxio_allocate_aligned`.
static inline void linuxio_free(void *_Nullable memory) { free(memory); }

// MARK: Limits

/// Reads a resource limit of this process.
static inline int linuxio_limit(int resource, uint64_t *soft, uint64_t *hard) {
    uint64_t limit[2];
    int result = (int)linuxio_result(syscall(SYS_prlimit64, 0, resource, NULL, limit));
    if (result < 0) return result;
    *soft = limit[0];
    *hard = limit[1];
    return 0;
}

/// Sets a resource limit of this process.
static inline int linuxio_set_limit(int resource, uint64_t soft, uint64_t hard) {
    uint64_t limit[2] = {soft, hard};
    return (int)linuxio_result(syscall(SYS_prlimit64, 0, resource, limit, NULL));
}

#pragma clang assume_nonnull end

#endif
