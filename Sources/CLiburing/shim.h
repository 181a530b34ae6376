// liburing as Swift sees it, plus what its 2.3 headers lack and what it offers only as macros.
//
// Without liburing installed this module is empty; the package trait URing decides whether anything imports it.

#ifndef CLIBURING_SHIM_H
#define CLIBURING_SHIM_H

// Swift's Glibc module sees the C library without _GNU_SOURCE, and modules that disagree about its types cannot be
// imported together. liburing.h defines _GNU_SOURCE, which has no effect once the feature tests have been read.
#include <features.h>

#if __has_include(<liburing.h>)
#include <liburing.h>

// Kernel constants younger than the installed header. They carry a prefix of their own: later headers define some of
// these names as enumerators, which the preprocessor cannot test for.

static const unsigned char CLIBURING_OP_READ_MULTISHOT = 49;
static const unsigned char CLIBURING_OP_FIXED_FD_INSTALL = 54;
static const unsigned char CLIBURING_OP_FTRUNCATE = 55;
static const unsigned char CLIBURING_OP_BIND = 56;
static const unsigned char CLIBURING_OP_LISTEN = 57;
static const unsigned char CLIBURING_OP_RECV_ZC = 58;

static const unsigned int CLIBURING_SETUP_CLAMP = 1U << 4;
static const unsigned int CLIBURING_SETUP_R_DISABLED = 1U << 6;
static const unsigned int CLIBURING_SETUP_SUBMIT_ALL = 1U << 7;
static const unsigned int CLIBURING_SETUP_COOP_TASKRUN = 1U << 8;
static const unsigned int CLIBURING_SETUP_SINGLE_ISSUER = 1U << 12;
static const unsigned int CLIBURING_SETUP_DEFER_TASKRUN = 1U << 13;
static const unsigned int CLIBURING_SETUP_NO_SQARRAY = 1U << 16;
static const unsigned int CLIBURING_SETUP_CQSIZE = 1U << 3;
static const unsigned int CLIBURING_SETUP_TASKRUN_FLAG = 1U << 9;

static const unsigned int CLIBURING_FEAT_NODROP = 1U << 1;
static const unsigned int CLIBURING_FEAT_EXT_ARG = 1U << 8;
static const unsigned int CLIBURING_FEAT_CQE_SKIP = 1U << 11;

static const unsigned char CLIBURING_ENTRY_ASYNC = 1U << 4;
static const unsigned char CLIBURING_ENTRY_SKIP_SUCCESS = 1U << 6;

static const int CLIBURING_FSYNC_DATASYNC = 1 << 0;
static const unsigned short CLIBURING_ACCEPT_DONTWAIT = 1U << 1;

/// Fills a whole entry, whatever it held before. The `flags` are those of the operation, in the field that all operations share.
static inline void cliburing_fill(
    struct io_uring_sqe *entry, unsigned char opcode, unsigned char entry_flags, unsigned short priority, int descriptor,
    uint64_t address, unsigned length, uint64_t offset, unsigned flags, uint64_t user_data
) {
    io_uring_prep_rw(opcode, entry, descriptor, (const void *)(uintptr_t)address, length, offset);
    entry->flags = entry_flags;
    entry->ioprio = priority;
    entry->rw_flags = (int)flags;
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

/// Whether the kernel holds completions that did not fit into the ring.
static inline bool cliburing_cq_overflowed(const struct io_uring *ring) { return io_uring_cq_has_overflow(ring); }

/// Whether completion work waits for this thread to enter the kernel; needs `IORING_SETUP_TASKRUN_FLAG`.
static inline bool cliburing_taskrun_pending(const struct io_uring *ring) {
    return (IO_URING_READ_ONCE(*ring->sq.kflags) & IORING_SQ_TASKRUN) != 0;
}

/// Whether the kernel of this probe knows an operation.
static inline bool cliburing_opcode_supported(const struct io_uring_probe *probe, unsigned char opcode) {
    return io_uring_opcode_supported(probe, opcode) != 0;
}

/// Prepares reading metadata into a `struct statx`, which stays valid until the completion.
static inline void cliburing_prep_statx(
    struct io_uring_sqe *sqe, int directory, const char *path, int flags, unsigned mask, void *metadata
) {
    io_uring_prep_statx(sqe, directory, path, flags, mask, (struct statx *)metadata);
}

/// Prepares opening a file with a `struct open_how`, which stays valid until the entry has been submitted.
static inline void cliburing_prep_openat2(struct io_uring_sqe *sqe, int directory, const char *path, const void *how) {
    io_uring_prep_openat2(sqe, directory, path, (struct open_how *)how);
}

/// Prepares setting the length of a file.
static inline void cliburing_prep_ftruncate(struct io_uring_sqe *sqe, int descriptor, uint64_t length) {
    io_uring_prep_rw(CLIBURING_OP_FTRUNCATE, sqe, descriptor, NULL, 0, length);
}

/// Prepares giving a socket its local address; the address stays valid until the entry has been submitted.
static inline void cliburing_prep_bind(struct io_uring_sqe *sqe, int descriptor, const void *address, unsigned length) {
    io_uring_prep_rw(CLIBURING_OP_BIND, sqe, descriptor, address, 0, length);
}

/// Prepares making a socket accept connections.
static inline void cliburing_prep_listen(struct io_uring_sqe *sqe, int descriptor, int backlog) {
    io_uring_prep_rw(CLIBURING_OP_LISTEN, sqe, descriptor, NULL, (unsigned)backlog, 0);
}

#endif

#endif
