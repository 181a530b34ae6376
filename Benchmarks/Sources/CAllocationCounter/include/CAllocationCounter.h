// Counts heap allocations of the whole process, by standing in front of the allocator.
#ifndef C_ALLOCATION_COUNTER_H
#define C_ALLOCATION_COUNTER_H

/// The calls of malloc, calloc, realloc, posix_memalign and aligned_alloc since the process began.
unsigned long allocation_count(void);

#endif
