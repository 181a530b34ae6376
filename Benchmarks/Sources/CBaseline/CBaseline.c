#define _GNU_SOURCE
#include "CBaseline.h"

#include <errno.h>
#include <fcntl.h>
#include <liburing.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { block_size = 4096, largest_depth = 256 };

int64_t baseline_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int set_up(struct io_uring *ring) {
    struct io_uring_params parameters = {.flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN};
    int result = io_uring_queue_init_params(largest_depth, ring, &parameters);
    if (result == 0) io_uring_register_ring_fd(ring);
    return result;
}

static void nop(struct io_uring *ring, unsigned slot) {
    struct io_uring_sqe *sqe = io_uring_get_sqe(ring);
    io_uring_prep_nop(sqe);
    io_uring_sqe_set_data64(sqe, slot);
}

int64_t baseline_nops(unsigned depth, uint64_t operations) {
    struct io_uring ring;
    int64_t result = set_up(&ring);
    if (result < 0) return result;
    uint64_t done = 0, warm = operations / 10;
    int64_t start = 0;
    for (unsigned slot = 0; slot < depth; slot++) nop(&ring, slot);
    while (done < operations + warm && result == 0) {
        if (start == 0 && done >= warm) start = baseline_now();
        int entered = io_uring_submit_and_wait(&ring, 1);
        if (entered < 0 && entered != -EINTR) result = entered;
        struct io_uring_cqe *cqe;
        unsigned head, seen = 0;
        io_uring_for_each_cqe(&ring, head, cqe) {
            if (cqe->res < 0) result = cqe->res;
            nop(&ring, (unsigned)cqe->user_data);
            seen++;
        }
        io_uring_cq_advance(&ring, seen);
        done += seen;
    }
    if (result == 0) result = baseline_now() - start;
    io_uring_queue_exit(&ring);
    return result;
}

static void read_block(struct io_uring *ring, int file, char *buffers, unsigned slot, uint64_t blocks, uint64_t *random) {
    struct io_uring_sqe *sqe = io_uring_get_sqe(ring);
    uint64_t block = baseline_random(random) % blocks;
    io_uring_prep_read(sqe, file, buffers + (size_t)slot * block_size, block_size, block * block_size);
    io_uring_sqe_set_data64(sqe, slot);
}

int64_t baseline_reads(const char *path, uint64_t blocks, unsigned depth, uint64_t operations) {
    struct io_uring ring;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return -errno;
    int64_t result = set_up(&ring);
    if (result < 0) {
        close(file);
        return result;
    }
    char *buffers = aligned_alloc(block_size, (size_t)depth * block_size);
    uint64_t random = 88172645463325252, done = 0, warm = operations / 10;
    int64_t start = 0;
    for (unsigned slot = 0; slot < depth; slot++) read_block(&ring, file, buffers, slot, blocks, &random);
    while (done < operations + warm && result == 0) {
        if (start == 0 && done >= warm) start = baseline_now();
        int entered = io_uring_submit_and_wait(&ring, 1);
        if (entered < 0 && entered != -EINTR) result = entered;
        struct io_uring_cqe *cqe;
        unsigned head, seen = 0;
        io_uring_for_each_cqe(&ring, head, cqe) {
            if (cqe->res != block_size) result = -EIO;
            read_block(&ring, file, buffers, (unsigned)cqe->user_data, blocks, &random);
            seen++;
        }
        io_uring_cq_advance(&ring, seen);
        done += seen;
    }
    if (result == 0) result = baseline_now() - start;
    io_uring_queue_exit(&ring);
    free(buffers);
    close(file);
    return result;
}
