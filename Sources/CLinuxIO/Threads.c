// Locks, conditions, threads and their signals, on pthreads.

#define _GNU_SOURCE
#include "CLinuxIO.h"

#include <stdlib.h>
#include <string.h>

struct linuxio_lock {
    pthread_mutex_t mutex;
};

struct linuxio_condition {
    pthread_cond_t variable;
};

// pthread calls fail only on a broken invariant (a lock destroyed, or released by a stranger): going on would
// corrupt what the lock protects.
static void require_success(int error) {
    if (error != 0) abort();
}

struct linuxio_lock *linuxio_lock_create(void) {
    struct linuxio_lock *lock = malloc(sizeof *lock);
    if (lock != NULL) require_success(pthread_mutex_init(&lock->mutex, NULL));
    return lock;
}

void linuxio_lock_destroy(struct linuxio_lock *lock) {
    require_success(pthread_mutex_destroy(&lock->mutex));
    free(lock);
}

void linuxio_lock_acquire(struct linuxio_lock *lock) { require_success(pthread_mutex_lock(&lock->mutex)); }

int linuxio_lock_try_acquire(struct linuxio_lock *lock) {
    int error = pthread_mutex_trylock(&lock->mutex);
    if (error == EBUSY) return 0;
    require_success(error);
    return 1;
}

void linuxio_lock_release(struct linuxio_lock *lock) { require_success(pthread_mutex_unlock(&lock->mutex)); }

struct linuxio_condition *linuxio_condition_create(void) {
    struct linuxio_condition *condition = malloc(sizeof *condition);
    if (condition == NULL) return NULL;
    pthread_condattr_t attributes;
    require_success(pthread_condattr_init(&attributes));
    require_success(pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC));
    require_success(pthread_cond_init(&condition->variable, &attributes));
    require_success(pthread_condattr_destroy(&attributes));
    return condition;
}

void linuxio_condition_destroy(struct linuxio_condition *condition) {
    require_success(pthread_cond_destroy(&condition->variable));
    free(condition);
}

void linuxio_condition_wait(struct linuxio_condition *condition, struct linuxio_lock *lock) {
    require_success(pthread_cond_wait(&condition->variable, &lock->mutex));
}

int linuxio_condition_wait_until(struct linuxio_condition *condition, struct linuxio_lock *lock, int64_t deadline) {
    int64_t moment = deadline < 0 ? 0 : deadline;
    struct timespec time = {.tv_sec = moment / 1000000000, .tv_nsec = moment % 1000000000};
    int error = pthread_cond_timedwait(&condition->variable, &lock->mutex, &time);
    if (error == ETIMEDOUT) return -ETIMEDOUT;
    require_success(error);
    return 0;
}

void linuxio_condition_signal(struct linuxio_condition *condition) {
    require_success(pthread_cond_signal(&condition->variable));
}

void linuxio_condition_broadcast(struct linuxio_condition *condition) {
    require_success(pthread_cond_broadcast(&condition->variable));
}

// What a thread needs to begin; the thread itself frees it.
struct beginning {
    void (*body)(void *);
    void *context;
    char name[16];
};

// The thread names itself, so that it never runs its body without the name.
static void *begin(void *argument) {
    struct beginning beginning = *(struct beginning *)argument;
    free(argument);
    pthread_setname_np(pthread_self(), beginning.name);
    beginning.body(beginning.context);
    return NULL;
}

int linuxio_thread_start(
    const char *name, size_t stack_bytes, void (*body)(void *), void *context, pthread_t *thread
) {
    struct beginning *beginning = malloc(sizeof *beginning);
    if (beginning == NULL) return -ENOMEM;
    *beginning = (struct beginning){.body = body, .context = context};
    strncpy(beginning->name, name, sizeof beginning->name - 1);

    pthread_attr_t attributes;
    int error = pthread_attr_init(&attributes);
    if (error == 0) {
        if (stack_bytes > 0) error = pthread_attr_setstacksize(&attributes, stack_bytes);
        if (error == 0) error = pthread_create(thread, &attributes, begin, beginning);
        pthread_attr_destroy(&attributes);
    }
    if (error != 0) free(beginning);
    return -error;
}

static void do_nothing(int signal) { (void)signal; }

int linuxio_install_interrupt_handler(int signal) {
    struct sigaction action = {.sa_handler = do_nothing, .sa_flags = 0};
    sigemptyset(&action.sa_mask);
    return (int)linuxio_result(sigaction(signal, &action, NULL));
}

int linuxio_thread_block_signal(int signal, int blocked) {
    sigset_t set;
    sigemptyset(&set);
    if (sigaddset(&set, signal) != 0) return -errno;
    return -pthread_sigmask(blocked ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL);
}

int linuxio_ignore_sigpipe(void) {
    struct sigaction action = {.sa_handler = SIG_IGN, .sa_flags = 0};
    sigemptyset(&action.sa_mask);
    return (int)linuxio_result(sigaction(SIGPIPE, &action, NULL));
}

// Signals that a thread raises by its own fault stay unblocked: a crash reporter sees them on the thread they belong to.
static void asynchronous_signals(sigset_t *set) {
    sigfillset(set);
    const int faults[] = {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGSYS, SIGTRAP};
    for (size_t index = 0; index < sizeof faults / sizeof *faults; index++) sigdelset(set, faults[index]);
}

// A thread inherits the mask of its creator, so there is no moment at which it could be interrupted.
int linuxio_worker_start(
    const char *name, size_t stack_bytes, void (*body)(void *), void *context, pthread_t *thread
) {
    sigset_t blocked, previous;
    asynchronous_signals(&blocked);
    require_success(pthread_sigmask(SIG_BLOCK, &blocked, &previous));
    int result = linuxio_thread_start(name, stack_bytes, body, context, thread);
    require_success(pthread_sigmask(SIG_SETMASK, &previous, NULL));
    return result;
}

// From the last one down: programs count from the first.
int linuxio_claim_interrupt_signal(void) {
    for (int signal = SIGRTMAX; signal >= SIGRTMIN; signal--) {
        struct sigaction current;
        if (sigaction(signal, NULL, &current) != 0 || current.sa_handler != SIG_DFL) continue;
        int result = linuxio_install_interrupt_handler(signal);
        return result < 0 ? result : signal;
    }
    return -EAGAIN;
}

// What the calling thread was like before SIGPIPE was kept from it.
struct without_broken_pipe {
    sigset_t signal, previous;
    int was_pending;
};

static struct without_broken_pipe block_broken_pipe(void) {
    struct without_broken_pipe state;
    sigset_t pending;
    sigemptyset(&state.signal);
    sigaddset(&state.signal, SIGPIPE);
    sigpending(&pending);
    state.was_pending = sigismember(&pending, SIGPIPE) == 1;
    require_success(pthread_sigmask(SIG_BLOCK, &state.signal, &state.previous));
    return state;
}

// A SIGPIPE that was pending before is somebody else's, and is left pending.
static void unblock_broken_pipe(struct without_broken_pipe *state, int was_raised) {
    struct timespec at_once = {0};
    if (was_raised && !state->was_pending) sigtimedwait(&state->signal, NULL, &at_once);
    require_success(pthread_sigmask(SIG_SETMASK, &state->previous, NULL));
}

long linuxio_write_without_signal(int descriptor, const void *buffer, size_t count) {
    struct without_broken_pipe state = block_broken_pipe();
    long result = linuxio_result(write(descriptor, buffer, count));
    unblock_broken_pipe(&state, result == -EPIPE);
    return result;
}

// The signal may have been raised by a splice that moved something before, so it is looked for in any case.
long linuxio_splice_without_signal(
    int input, int64_t *input_offset, int output, int64_t *output_offset, size_t count, unsigned int flags
) {
    struct without_broken_pipe state = block_broken_pipe();
    long result = linuxio_splice(input, input_offset, output, output_offset, count, flags);
    unblock_broken_pipe(&state, 1);
    return result;
}

uintptr_t linuxio_thread_identity(void) {
    static _Thread_local char place;
    return (uintptr_t)&place;
}

int linuxio_usable_processors(void) {
    // Room for more processors than a kernel can be built for.
    unsigned long words[16384 / (8 * sizeof(unsigned long))];
    long bytes = syscall(SYS_sched_getaffinity, 0, sizeof words, words);
    int count = 0;
    for (long place = 0; place < bytes / (long)sizeof *words; place++) count += __builtin_popcountl(words[place]);
    return count > 0 ? count : 1;
}
