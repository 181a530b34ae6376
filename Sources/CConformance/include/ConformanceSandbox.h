// Making a system call or the network fail in this process, to prove what a program does where they are lacking or forbidden.

#ifndef CONFORMANCE_SANDBOX_H
#define CONFORMANCE_SANDBOX_H

#include <sys/syscall.h>

#pragma clang assume_nonnull begin

static const int CONFORMANCE_SYS_IO_URING_SETUP = SYS_io_uring_setup;
static const int CONFORMANCE_SYS_IO_URING_ENTER = SYS_io_uring_enter;
static const int CONFORMANCE_SYS_IO_URING_REGISTER = SYS_io_uring_register;
static const int CONFORMANCE_SYS_IO_SETUP = SYS_io_setup;
static const int CONFORMANCE_SYS_IO_SUBMIT = SYS_io_submit;
static const int CONFORMANCE_SYS_IO_GETEVENTS = SYS_io_getevents;
static const int CONFORMANCE_SYS_EPOLL_CREATE1 = SYS_epoll_create1;
static const int CONFORMANCE_SYS_EPOLL_PWAIT2 = SYS_epoll_pwait2;
static const int CONFORMANCE_SYS_EVENTFD2 = SYS_eventfd2;
static const int CONFORMANCE_SYS_OPENAT2 = SYS_openat2;
static const int CONFORMANCE_SYS_STATX = SYS_statx;
static const int CONFORMANCE_SYS_PREADV2 = SYS_preadv2;
static const int CONFORMANCE_SYS_PWRITEV2 = SYS_pwritev2;
static const int CONFORMANCE_SYS_RENAMEAT2 = SYS_renameat2;
static const int CONFORMANCE_SYS_COPY_FILE_RANGE = SYS_copy_file_range;
static const int CONFORMANCE_SYS_FALLOCATE = SYS_fallocate;

/// The most system calls that one call of `conformance_deny_system_calls` can name.
static const int CONFORMANCE_MAXIMUM_DENIED_SYSTEM_CALLS = 64;

/// Makes the named system calls fail with `error` (a positive errno value) in every thread of this process and its
/// children, for good: `-EINVAL` for an empty or too long list, `-ESRCH` when a thread has a filter of its own, `-ENOSYS` on a
/// processor whose filters are not known here.
int conformance_deny_system_calls(const int *numbers, int count, int error);

/// Makes every start of a thread fail with `error` (a positive errno value) in this process and its children, for good; processes can still be made, as a
/// sanitizer does that looks for leaks at the end. Errors as above.
int conformance_deny_threads(int error);

/// Makes a system call with a first argument that no call of those above can do anything with, and gives its error, which is the filter's where it is denied.
int conformance_call_for_nothing(int number);

/// Moves the calling thread into a network of its own, in which nothing is reachable, for good: its sockets from then on are made there.
/// `-EPERM` without the privilege, `-EINVAL` on a kernel without such networks.
int conformance_leave_network(void);

#pragma clang assume_nonnull end

#endif
