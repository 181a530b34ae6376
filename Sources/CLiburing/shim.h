// liburing as Swift sees it, plus what its 2.3 headers lack and what it offers only as macros.
//
// Without liburing installed this module is empty; the package trait URing decides whether anything imports it.

#ifndef CLIBURING_SHIM_H
#define CLIBURING_SHIM_H

// Swift's Glibc module sees the C library without _GNU_SOURCE, and modules that disagree about its types cannot be
// imported together. liburing.h defines _GNU_SOURCE, which has no effect once the feature tests have been read.
#include <features.h>

#if __has_include(<liburing.h>)
#include <errno.h>
#include <liburing.h>
#include <stdlib.h>

// Kernel constants, in the types of the fields that hold them, and some younger than the installed header. They carry a prefix of their own: later
// headers define some of these names as enumerators, which the preprocessor cannot test for.

static const unsigned int CLIBURING_SETUP_CQSIZE = 1U << 3;
static const unsigned int CLIBURING_SETUP_CLAMP = 1U << 4;
static const unsigned int CLIBURING_SETUP_SUBMIT_ALL = 1U << 7;
static const unsigned int CLIBURING_SETUP_COOP_TASKRUN = 1U << 8;
static const unsigned int CLIBURING_SETUP_TASKRUN_FLAG = 1U << 9;
static const unsigned int CLIBURING_SETUP_SINGLE_ISSUER = 1U << 12;
static const unsigned int CLIBURING_SETUP_DEFER_TASKRUN = 1U << 13;

static const unsigned int CLIBURING_FEAT_NODROP = 1U << 1;
static const unsigned int CLIBURING_FEAT_EXT_ARG = 1U << 8;
static const unsigned int CLIBURING_FEAT_CQE_SKIP = 1U << 11;

static const unsigned char CLIBURING_ENTRY_REGISTERED_FILE = 1U << 0;
static const unsigned char CLIBURING_ENTRY_ASYNC = 1U << 4;
static const unsigned char CLIBURING_ENTRY_SELECTS_BUFFER = 1U << 5;
static const unsigned char CLIBURING_ENTRY_SKIP_SUCCESS = 1U << 6;

static const int CLIBURING_POLL_MULTI = 1 << 0;

static const int CLIBURING_FSYNC_DATASYNC = 1 << 0;
static const unsigned short CLIBURING_ACCEPT_MULTISHOT = 1U << 0;
static const unsigned short CLIBURING_ACCEPT_DONTWAIT = 1U << 1;
static const unsigned short CLIBURING_RECEIVE_MULTISHOT = 1U << 1;

static const unsigned int CLIBURING_COMPLETION_HAS_BUFFER = 1U << 0;
static const unsigned int CLIBURING_COMPLETION_HAS_MORE = 1U << 1;
static const unsigned int CLIBURING_COMPLETION_LEAVES_BYTES = 1U << 2;
static const unsigned int CLIBURING_COMPLETION_BUFFER_SHIFT = 16;

/// Fills a whole entry, whatever it held before. The `flags` are those of the operation, in the field that all operations share; `buffer` is the place of
/// registered memory, or the group that a buffer is selected from.
static inline void cliburing_fill(
    struct io_uring_sqe *entry, unsigned char opcode, unsigned char entry_flags, unsigned short priority, int descriptor,
    uint64_t address, unsigned length, uint64_t offset, unsigned flags, unsigned short buffer, uint64_t user_data
) {
    io_uring_prep_rw(opcode, entry, descriptor, (const void *)(uintptr_t)address, length, offset);
    entry->flags = entry_flags;
    entry->ioprio = priority;
    entry->rw_flags = (int)flags;
    entry->buf_index = buffer;
    entry->user_data = user_data;
}

/// Whether the kernel has something for this thread that only entering it brings out: completion work, or completions that did not fit.
static inline bool cliburing_wants_entering(const struct io_uring *ring) {
    return (IO_URING_READ_ONCE(*ring->sq.kflags) & (IORING_SQ_TASKRUN | IORING_SQ_CQ_OVERFLOW)) != 0;
}

/// How many completions are ready to be read.
static inline unsigned cliburing_cq_ready(const struct io_uring *ring) { return io_uring_cq_ready(ring); }

/// The completion `index` places after the oldest unread one; `index` is below what `cliburing_cq_ready` returned.
static inline const struct io_uring_cqe *_Nonnull cliburing_cqe_at(const struct io_uring *_Nonnull ring, unsigned index) {
    unsigned position = *ring->cq.khead + index;
    return &ring->cq.cqes[io_uring_cqe_index(ring, position, ring->cq.ring_mask)];
}

/// Gives the `count` oldest completions back to the kernel; no pointer to them may be used afterwards.
static inline void cliburing_cq_advance(struct io_uring *ring, unsigned count) { io_uring_cq_advance(ring, count); }

// MARK: Registering

/// Gives the kernel a ring of `entries` places, a power of two, for the free buffers of a group. The memory at `places` is aligned to a page and zeroed. Returns 0 or
/// a negative errno value.
static inline int cliburing_register_buffer_ring(struct io_uring *ring, void *_Nonnull places, unsigned entries, unsigned short group) {
    struct io_uring_buf_reg request = {.ring_addr = (uintptr_t)places, .ring_entries = entries, .bgid = group};
    return io_uring_register_buf_ring(ring, &request, 0);
}

/// Takes the ring of a group away from the kernel. Returns 0 or a negative errno value.
static inline int cliburing_unregister_buffer_ring(struct io_uring *ring, unsigned short group) {
    return io_uring_unregister_buf_ring(ring, group);
}

/// Puts a free buffer into a ring of `entries` places, where the kernel sees it at once.
static inline void cliburing_put_buffer(
    void *_Nonnull places, unsigned entries, uint64_t address, unsigned length, unsigned short index
) {
    struct io_uring_buf_ring *buffers = (struct io_uring_buf_ring *)places;
    io_uring_buf_ring_add(buffers, (void *)(uintptr_t)address, length, index, (int)entries - 1, 0);
    io_uring_buf_ring_advance(buffers, 1);
}

/// Makes a table of `places` for memory, all empty. Returns 0 or a negative errno value.
static inline int cliburing_reserve_memory(struct io_uring *ring, unsigned places) {
    return io_uring_register_buffers_sparse(ring, places);
}

/// Puts memory into a place of the table, or empties it when `count` is 0. Returns 1 or a negative errno value.
static inline int cliburing_set_memory(struct io_uring *ring, unsigned place, uint64_t address, size_t count) {
    struct iovec memory = {.iov_base = (void *)(uintptr_t)address, .iov_len = count};
    __u64 tag = 0;
    return io_uring_register_buffers_update_tag(ring, place, &memory, &tag, 1);
}

/// Makes a table of `places` for files, all empty; there may be no more than the process may have descriptors. Returns 0 or a negative errno value.
static inline int cliburing_reserve_files(struct io_uring *ring, unsigned places) {
    return io_uring_register_files_sparse(ring, places);
}

/// Puts a file into a place of the table, or empties it when `descriptor` is -1. Returns 1 or a negative errno value.
static inline int cliburing_set_file(struct io_uring *ring, unsigned place, int descriptor) {
    return io_uring_register_files_update(ring, place, &descriptor, 1);
}

/// Asks which operations the kernel knows: sets the bit of each in `known`, of 256 bits. Returns 0 or a negative errno value.
static inline int cliburing_probe(struct io_uring *ring, uint64_t *known) {
    enum { operations = 256 };
    struct io_uring_probe *probe = (struct io_uring_probe *)calloc(1, sizeof *probe + operations * sizeof probe->ops[0]);
    if (probe == NULL) return -ENOMEM;
    int result = io_uring_register_probe(ring, probe, operations);
    for (int code = 0; result == 0 && code < operations; code++) {
        if (io_uring_opcode_supported(probe, code)) known[code / 64] |= 1ULL << (code % 64);
    }
    free(probe);
    return result;
}

#endif

#endif
