// Threads, locks and conditions on pthreads, which the thread sanitizer understands; thread signals.

#ifndef LINUXIO_THREADS_H
#define LINUXIO_THREADS_H

#include "LinuxIOResult.h"

#include <pthread.h>
#include <signal.h>

#pragma clang assume_nonnull begin

// MARK: Locks

/// A mutual exclusion lock at a fixed address.
struct linuxio_lock;

/// Creates an unlocked lock; null when there is no memory.
struct linuxio_lock *_Nullable linuxio_lock_create(void);

/// Destroys a lock that nobody holds.
void linuxio_lock_destroy(struct linuxio_lock *lock);

/// Acquires the lock, waiting for its holder.
void linuxio_lock_acquire(struct linuxio_lock *lock);

/// Acquires the lock when nobody holds it: 1 when acquired, 0 when held.
int linuxio_lock_try_acquire(struct linuxio_lock *lock);

/// Releases the lock, which the calling thread holds.
void linuxio_lock_release(struct linuxio_lock *lock);

// MARK: Conditions

/// A condition that threads wait for while they give up a lock.
struct linuxio_condition;

/// Creates a condition whose deadlines are on the monotonic clock; null when there is no memory.
struct linuxio_condition *_Nullable linuxio_condition_create(void);

/// Destroys a condition that nobody waits for.
void linuxio_condition_destroy(struct linuxio_condition *condition);

/// Releases the lock, waits, and acquires it again; may return without a signal.
void linuxio_condition_wait(struct linuxio_condition *condition, struct linuxio_lock *lock);

/// As `linuxio_condition_wait`, until a monotonic time in nanoseconds: 0, or `-ETIMEDOUT`.
int linuxio_condition_wait_until(struct linuxio_condition *condition, struct linuxio_lock *lock, int64_t deadline);

/// Wakes one waiting thread.
void linuxio_condition_signal(struct linuxio_condition *condition);

/// Wakes every waiting thread.
void linuxio_condition_broadcast(struct linuxio_condition *condition);

// MARK: Threads

/// Starts a thread named `name` (at most 15 bytes count) that runs `body(context)`; a stack size of 0 means the default.
int linuxio_thread_start(
    const char *name, size_t stack_bytes, void (*body)(void *_Nullable), void *_Nullable context, pthread_t *thread
);

/// Waits until a thread has ended; each started thread is joined once.
static inline int linuxio_thread_join(pthread_t thread) { return -pthread_join(thread, NULL); }

/// The calling thread, to signal it or to compare it.
static inline pthread_t linuxio_thread_current(void) { return pthread_self(); }

/// Tells the calling thread apart from all others that run now; never 0. A function that the compiler cannot see into: it takes `pthread_self` for a constant of the calling
/// function, which is wrong for one that is suspended and goes on in another thread.
uintptr_t linuxio_thread_identity(void);

/// How many processors the calling thread may run on, at least 1.
int linuxio_usable_processors(void);

/// The kernel's number of the calling thread.
static inline int linuxio_gettid(void) { return (int)syscall(SYS_gettid); }

// MARK: Signals

/// The first real-time signal that the C library leaves to programs.
static inline int linuxio_sigrtmin(void) { return SIGRTMIN; }

/// Installs a handler that does nothing, without SA_RESTART: the signal then ends a blocking call with `EINTR`.
int linuxio_install_interrupt_handler(int signal);

/// Sends a signal to one thread of this process; the thread must not have been joined.
static inline int linuxio_thread_signal(pthread_t thread, int signal) { return -pthread_kill(thread, signal); }

/// Blocks (1) or unblocks (0) one signal in the calling thread.
int linuxio_thread_block_signal(int signal, int blocked);

/// Sets the disposition of SIGPIPE in this process to be ignored.
int linuxio_ignore_sigpipe(void);

// MARK: Workers

/// As `linuxio_thread_start`, for a thread that serves a pool: it begins with every asynchronous signal blocked, so that none
/// of the program's handlers ever runs on it.
int linuxio_worker_start(
    const char *name, size_t stack_bytes, void (*body)(void *_Nullable), void *_Nullable context, pthread_t *thread
);

/// Finds a real-time signal that the program has no use for, gives it a handler that does nothing, without SA_RESTART, and
/// returns its number; `-EAGAIN` when there is none.
int linuxio_claim_interrupt_signal(void);

/// Writes to a pipe, and takes away the SIGPIPE that the calling thread gets when the pipe has no readers.
long linuxio_write_without_signal(int descriptor, const void *buffer, size_t count);

#pragma clang assume_nonnull end

#endif
