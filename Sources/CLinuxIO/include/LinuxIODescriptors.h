// Descriptors that are not files or sockets: event counters, pipes, anonymous memory; and moving bytes between descriptors.

#ifndef LINUXIO_DESCRIPTORS_H
#define LINUXIO_DESCRIPTORS_H

#include "LinuxIOResult.h"

#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>

#pragma clang assume_nonnull begin

static const int LINUXIO_EFD_CLOEXEC = 02000000;
static const int LINUXIO_EFD_NONBLOCK = 00004000;
static const int LINUXIO_EFD_SEMAPHORE = 00000001;
static const unsigned int LINUXIO_MFD_CLOEXEC = 0x0001U;
static const unsigned int LINUXIO_SPLICE_F_MOVE = 1;
static const unsigned int LINUXIO_SPLICE_F_NONBLOCK = 2;
static const unsigned int LINUXIO_SPLICE_F_MORE = 4;

/// Creates an event counter and returns its descriptor.
static inline int linuxio_eventfd(unsigned int initial, int flags) {
    return (int)linuxio_result(eventfd(initial, flags));
}

/// Adds to an event counter; `-EAGAIN` when a non-blocking counter would overflow.
static inline int linuxio_eventfd_add(int descriptor, uint64_t amount) {
    long written = linuxio_result(write(descriptor, &amount, sizeof amount));
    return written < 0 ? (int)written : 0;
}

/// Reads and resets an event counter; `-EAGAIN` when a non-blocking counter is zero.
static inline int linuxio_eventfd_take(int descriptor, uint64_t *amount) {
    long count = linuxio_result(read(descriptor, amount, sizeof *amount));
    return count < 0 ? (int)count : 0;
}

/// Creates a pipe with `O_CLOEXEC`, `O_NONBLOCK` or `O_DIRECT`: `ends[0]` is read from, `ends[1]` is written to.
static inline int linuxio_pipe2(int *ends, int flags) { return (int)linuxio_result(syscall(SYS_pipe2, ends, flags)); }

/// Whether a descriptor only stands for a path, and opens nothing.
static inline int linuxio_is_only_path(int descriptor) {
    int flags = fcntl(descriptor, F_GETFL);
    return flags >= 0 && (flags & 010000000 /* O_PATH */) != 0;
}

/// Duplicates a descriptor onto another number, closing what that number named, with `O_CLOEXEC` or 0.
static inline int linuxio_dup3(int descriptor, int target, int flags) {
    return (int)linuxio_result(syscall(SYS_dup3, descriptor, target, flags));
}

/// A second, close-on-exec descriptor of what `descriptor` refers to.
static inline int linuxio_duplicate(int descriptor) {
    return (int)linuxio_result(fcntl(descriptor, F_DUPFD_CLOEXEC, 3));
}

/// Creates a file that lives in memory and has no name in any directory.
static inline int linuxio_memfd_create(const char *name, unsigned int flags) {
    return (int)linuxio_result(syscall(SYS_memfd_create, name, flags));
}

/// Closes a descriptor; on Linux the number is free again whatever the result, so a close is never repeated.
static inline int linuxio_close(int descriptor) { return (int)linuxio_result(close(descriptor)); }

/// Closes every descriptor from `first` to `last`.
static inline int linuxio_close_range(unsigned int first, unsigned int last) {
    return (int)linuxio_result(syscall(SYS_close_range, first, last, 0));
}

/// Sets or clears `O_NONBLOCK` on the open file description, which every duplicate of the descriptor shares.
static inline int linuxio_set_nonblocking(int descriptor, int enabled) {
    int flags = fcntl(descriptor, F_GETFL);
    if (flags < 0) return -errno;
    int wanted = enabled ? flags | O_NONBLOCK : flags & ~O_NONBLOCK;
    return wanted == flags ? 0 : (int)linuxio_result(fcntl(descriptor, F_SETFL, wanted));
}

/// The status flags of a descriptor, as `fcntl(F_GETFL)` reports them.
static inline int linuxio_status_flags(int descriptor) { return (int)linuxio_result(fcntl(descriptor, F_GETFL)); }

/// The number of bytes that can be read at once from a socket or pipe.
static inline int linuxio_readable_bytes(int descriptor) {
    int count = 0;
    return ioctl(descriptor, FIONREAD, &count) < 0 ? -errno : count;
}

/// Opens the other side of the terminal whose controlling side is `descriptor`, close-on-exec.
static inline int linuxio_open_terminal(int descriptor) {
    int unlocked = 0;
    if (ioctl(descriptor, TIOCSPTLCK, &unlocked) < 0) return -errno;
    return (int)linuxio_result(ioctl(descriptor, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC));
}

/// Sets how many bytes a pipe holds and returns what the kernel rounded that up to.
static inline int linuxio_set_pipe_size(int descriptor, int bytes) {
    return (int)linuxio_result(fcntl(descriptor, 1031 /* F_SETPIPE_SZ */, bytes));
}

/// Moves bytes between two descriptors, one of which is a pipe; a null offset means the current position.
static inline long linuxio_splice(
    int input, int64_t *_Nullable input_offset, int output, int64_t *_Nullable output_offset, size_t count,
    unsigned int flags
) {
    return linuxio_result(syscall(SYS_splice, input, input_offset, output, output_offset, count, flags));
}

/// As `linuxio_splice`, without the SIGPIPE that the calling thread gets when nobody reads what it moves to.
long linuxio_splice_without_signal(
    int input, int64_t *_Nullable input_offset, int output, int64_t *_Nullable output_offset, size_t count, unsigned int flags
);

/// Copies bytes between two files inside the kernel; a null offset means the current position.
static inline long linuxio_copy_file_range(
    int input, int64_t *_Nullable input_offset, int output, int64_t *_Nullable output_offset, size_t count
) {
    return linuxio_result(syscall(SYS_copy_file_range, input, input_offset, output, output_offset, count, 0));
}

#pragma clang assume_nonnull end

#endif
