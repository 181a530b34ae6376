// Looking at this process from outside: which thread made which system call, and when.

#ifndef CONFORMANCE_TRACER_H
#define CONFORMANCE_TRACER_H

#include <stdint.h>
#include <sys/types.h>

#pragma clang assume_nonnull begin

/// What an event tells.
static const int32_t CONFORMANCE_CALL_BEGINS = 0;
static const int32_t CONFORMANCE_CALL_ENDS = 1;
static const int32_t CONFORMANCE_THREAD_IS_MADE = 2;

/// One thing that a thread did. The thread stands still while it is written down, so that times are in order with those that it takes itself.
struct conformance_trace_event {
    /// On the monotonic clock, in nanoseconds.
    int64_t time;
    /// What a call ended with, as the kernel returns it; or the number of the thread that was made.
    int64_t result;
    /// The arguments of a call that begins.
    uint64_t arguments[6];
    /// The kernel's number of the thread.
    int32_t thread;
    /// The number of the system call that begins.
    int32_t number;
    /// One of the constants above.
    int32_t kind;
};

/// A child process that traces this one.
struct conformance_tracer;

/// Starts a tracer of the named threads of this process, among them the calling one, and of all that they make. It is there when this returns 0.
/// `-EPERM` and `-EACCES` when tracing is not allowed here, `-ENOSYS` when it is not possible.
int conformance_tracer_start(
    const int *threads, int count, int capacity, struct conformance_tracer *_Nullable *_Nonnull tracer
);

/// Ends the tracing: 0, `-EOVERFLOW` when there was more than fits, or what went wrong meanwhile. Called once.
int conformance_tracer_stop(struct conformance_tracer *tracer);

/// The events of a tracer that was stopped, in the order in which they were seen.
const struct conformance_trace_event *conformance_tracer_events(const struct conformance_tracer *tracer);

/// How many events there are.
int conformance_tracer_event_count(const struct conformance_tracer *tracer);

/// Frees a tracer that was stopped.
void conformance_tracer_free(struct conformance_tracer *tracer);

#pragma clang assume_nonnull end

#endif
