// libaio as Swift sees it, plus reaping completions from the ring that the kernel shares with the process.
//
// Without libaio installed this module is empty; the package trait AIO decides whether anything imports it.

#ifndef CLIBAIO_SHIM_H
#define CLIBAIO_SHIM_H

#if __has_include(<libaio.h>)
#include <libaio.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/uio.h>
#include <time.h>

static const short CLIBAIO_CMD_PREAD = 0;
static const short CLIBAIO_CMD_PWRITE = 1;
static const short CLIBAIO_CMD_FSYNC = 2;
static const short CLIBAIO_CMD_FDSYNC = 3;
static const short CLIBAIO_CMD_POLL = 5;
static const short CLIBAIO_CMD_PREADV = 7;
static const short CLIBAIO_CMD_PWRITEV = 8;

/// The head of the completion ring that the kernel maps at the address an `io_context_t` holds.
struct clibaio_ring {
    unsigned id;
    unsigned nr;
    unsigned head;
    unsigned tail;
    unsigned magic;
    unsigned compat_features;
    unsigned incompat_features;
    unsigned header_length;
    struct io_event events[];
};

static const unsigned CLIBAIO_RING_MAGIC = 0xa10a10a1U;

/// Whether completions can be taken from the shared ring without a system call.
static inline bool clibaio_ring_is_readable(io_context_t context) {
    const struct clibaio_ring *ring = (const struct clibaio_ring *)context;
    return ring->magic == CLIBAIO_RING_MAGIC && ring->incompat_features == 0
        && ring->header_length == sizeof(struct clibaio_ring);
}

/// Takes up to `capacity` completions from the shared ring and returns how many; -1 when its layout is unknown.
///
/// One thread reaps a context: the head has no other writer. The tail is loaded before the events behind it are read,
/// and the head is stored after they were copied, since the kernel may then overwrite them.
static inline int clibaio_ring_reap(io_context_t context, struct io_event *events, int capacity) {
    if (!clibaio_ring_is_readable(context)) return -1;
    struct clibaio_ring *ring = (struct clibaio_ring *)context;
    unsigned head = __atomic_load_n(&ring->head, __ATOMIC_RELAXED);
    unsigned tail = __atomic_load_n(&ring->tail, __ATOMIC_ACQUIRE);
    int count = 0;
    while (head != tail && count < capacity) {
        events[count++] = ring->events[head];
        head = head + 1 == ring->nr ? 0 : head + 1;
    }
    if (count > 0) __atomic_store_n(&ring->head, head, __ATOMIC_RELEASE);
    return count;
}

/// The result of a completion: bytes moved, ready events, or a negative errno value.
static inline long clibaio_event_result(const struct io_event *event) { return (long)event->res; }

/// The value given to `clibaio_fill` for the request that completed.
static inline uint64_t clibaio_event_data(const struct io_event *event) { return (uint64_t)(uintptr_t)event->data; }

/// Fills a whole request, whatever it held before. `data` comes back with the completion.
static inline void clibaio_fill(
    struct iocb *request, short command, int descriptor, uint64_t address, uint64_t length, int64_t offset, uint64_t data
) {
    *request = (struct iocb){0};
    request->data = (void *)(uintptr_t)data;
    request->aio_lio_opcode = command;
    request->aio_fildes = descriptor;
    request->u.c.buf = (void *)(uintptr_t)address;
    request->u.c.nbytes = length;
    request->u.c.offset = offset;
}

/// Fills a whole request that completes once, when the descriptor has one of `events` or has it already.
static inline void clibaio_fill_poll(struct iocb *request, int descriptor, int events, uint64_t data) {
    clibaio_fill(request, CLIBAIO_CMD_POLL, descriptor, 0, 0, 0, data);
    request->u.poll.events = events;
}

/// Waits for completions, at most `nanoseconds`; a negative time means without limit.
static inline int clibaio_wait(io_context_t context, struct io_event *events, long capacity, int64_t nanoseconds) {
    struct timespec timeout = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
    return io_getevents(context, 1, capacity, events, nanoseconds < 0 ? NULL : &timeout);
}

#endif

#endif
