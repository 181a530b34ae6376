// The same loops as the Swift ones, in C on raw liburing: what the machine can do.
#ifndef C_BASELINE_H
#define C_BASELINE_H

#include <stdint.h>

/// Keeps `depth` nops in flight until `operations` have completed; returns the nanoseconds, or -errno.
int64_t baseline_nops(unsigned depth, uint64_t operations);

/// Keeps `depth` reads of 4 KiB at random blocks of the file in flight until `operations` have completed; returns the
/// nanoseconds, or -errno. A short read is -EIO.
int64_t baseline_reads(const char *path, uint64_t blocks, unsigned depth, uint64_t operations);

/// The next of a sequence of random numbers, for both languages.
static inline uint64_t baseline_random(uint64_t *state) {
    uint64_t x = *state;
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    return *state = x;
}

/// Nanoseconds on the monotonic clock.
int64_t baseline_now(void);

#endif
