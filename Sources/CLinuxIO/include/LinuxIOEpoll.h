// Readiness: epoll, with a wait in nanoseconds, and poll.

#ifndef LINUXIO_EPOLL_H
#define LINUXIO_EPOLL_H

#include "LinuxIOResult.h"

#include <poll.h>
#include <sys/epoll.h>
#include <time.h>

#pragma clang assume_nonnull begin

static const int LINUXIO_EPOLL_CLOEXEC = 02000000;
static const int LINUXIO_EPOLL_CTL_ADD = 1;
static const int LINUXIO_EPOLL_CTL_DEL = 2;
static const int LINUXIO_EPOLL_CTL_MOD = 3;

static const uint32_t LINUXIO_EPOLLIN = 0x001;
static const uint32_t LINUXIO_EPOLLPRI = 0x002;
static const uint32_t LINUXIO_EPOLLOUT = 0x004;
static const uint32_t LINUXIO_EPOLLERR = 0x008;
static const uint32_t LINUXIO_EPOLLHUP = 0x010;
static const uint32_t LINUXIO_EPOLLRDHUP = 0x2000;
static const uint32_t LINUXIO_EPOLLEXCLUSIVE = 1U << 28;
static const uint32_t LINUXIO_EPOLLONESHOT = 1U << 30;
static const uint32_t LINUXIO_EPOLLET = 1U << 31;

static const short LINUXIO_POLLRDHUP = 0x2000;

/// Creates an epoll instance and returns its descriptor.
static inline int linuxio_epoll_create1(int flags) { return (int)linuxio_result(epoll_create1(flags)); }

/// Adds, changes or removes a descriptor's registration; the event is null when removing.
static inline int linuxio_epoll_ctl(int epoll, int operation, int descriptor, struct epoll_event *_Nullable event) {
    return (int)linuxio_result(epoll_ctl(epoll, operation, descriptor, event));
}

/// Registers or changes interest in `events`; `data` comes back with each of them.
static inline int linuxio_epoll_set(int epoll, int operation, int descriptor, uint32_t events, uint64_t data) {
    struct epoll_event event = {.events = events, .data.u64 = data};
    return (int)linuxio_result(epoll_ctl(epoll, operation, descriptor, &event));
}

/// Waits for events, at most `milliseconds`; a negative time means without limit.
static inline int linuxio_epoll_wait(int epoll, struct epoll_event *events, int capacity, int milliseconds) {
    return (int)linuxio_result(epoll_wait(epoll, events, capacity, milliseconds));
}

/// Waits for events, at most `nanoseconds`; a negative time means without limit. `-ENOSYS` before Linux 5.11.
static inline int linuxio_epoll_pwait2(int epoll, struct epoll_event *events, int capacity, int64_t nanoseconds) {
    struct timespec timeout = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
    struct timespec *limit = nanoseconds < 0 ? NULL : &timeout;
    return (int)linuxio_result(syscall(SYS_epoll_pwait2, epoll, events, capacity, limit, NULL, (size_t)0));
}

/// What is ready on one descriptor within `milliseconds`: the `revents` of `poll`, 0 when the time has passed.
static inline int linuxio_poll(int descriptor, short events, int milliseconds) {
    struct pollfd entry = {.fd = descriptor, .events = events, .revents = 0};
    int ready = poll(&entry, 1, milliseconds);
    return ready < 0 ? -errno : ready == 0 ? 0 : entry.revents;
}

#pragma clang assume_nonnull end

#endif
