// A child process that traces its parent and writes into memory that both share.

#define _GNU_SOURCE
#include "CConformance.h"
#include "LinuxIOResult.h"

#include <linux/ptrace.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>

// glibc's headers of prctl do not need to be as recent as the kernel.
#ifndef PR_SET_PTRACER
#define PR_SET_PTRACER 0x59616d61
#endif

struct conformance_tracer {
    pid_t tracer;
    // Set by the traced process, whose next system call shows it to the tracer.
    atomic_int stops;
    int error;
    int capacity;
    int count;
    struct conformance_trace_event events[];
};

static long trace(int request, pid_t thread, uintptr_t address, uintptr_t data) {
    return linuxio_result(syscall(SYS_ptrace, request, thread, address, data));
}

// MARK: In the tracer. It is the fork of a process with threads: system calls only.

static int64_t present(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static struct conformance_trace_event *append(struct conformance_tracer *tracer, pid_t thread, int32_t kind) {
    if (tracer->count == tracer->capacity) {
        tracer->error = -EOVERFLOW;
        return NULL;
    }
    struct conformance_trace_event *event = &tracer->events[tracer->count++];
    *event = (struct conformance_trace_event){.time = present(), .thread = thread, .kind = kind};
    return event;
}

static void note_call(struct conformance_tracer *tracer, pid_t thread) {
    struct ptrace_syscall_info call;
    long result = trace(PTRACE_GET_SYSCALL_INFO, thread, sizeof call, (uintptr_t)&call);
    if (result < 0) {
        // A thread that was killed meanwhile is no failure.
        if (result != -ESRCH) tracer->error = -ENOSYS;
        return;
    }
    if (call.op == PTRACE_SYSCALL_INFO_EXIT) {
        struct conformance_trace_event *event = append(tracer, thread, CONFORMANCE_CALL_ENDS);
        if (event != NULL) event->result = call.exit.rval;
    } else if (call.op == PTRACE_SYSCALL_INFO_ENTRY) {
        struct conformance_trace_event *event = append(tracer, thread, CONFORMANCE_CALL_BEGINS);
        if (event == NULL) return;
        event->number = (int32_t)call.entry.nr;
        for (int index = 0; index < 6; index++) event->arguments[index] = call.entry.args[index];
    }
}

static void note_thread(struct conformance_tracer *tracer, pid_t thread) {
    unsigned long made = 0;
    trace(PTRACE_GETEVENTMSG, thread, 0, (uintptr_t)&made);
    struct conformance_trace_event *event = append(tracer, thread, CONFORMANCE_THREAD_IS_MADE);
    if (event != NULL) event->result = (int64_t)made;
}

static int is_stopping(int signal) {
    return signal == SIGSTOP || signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU;
}

// Looks at one stop of a thread, and lets the thread go on.
static void follow(struct conformance_tracer *tracer, pid_t thread, int status) {
    int signal = WSTOPSIG(status), event = status >> 16;
    if (signal == (SIGTRAP | 0x80)) {
        note_call(tracer, thread);
        signal = 0;
    } else if (event == PTRACE_EVENT_CLONE) {
        note_thread(tracer, thread);
        signal = 0;
    } else if (event == PTRACE_EVENT_STOP) {
        if (is_stopping(signal)) {
            trace(PTRACE_LISTEN, thread, 0, 0);
            return;
        }
        signal = 0;
    }
    trace(PTRACE_SYSCALL, thread, 0, (uintptr_t)signal);
}

static int seize(const int *threads, int count, int caller) {
    for (int index = 0; index < count; index++) {
        long result = trace(PTRACE_SEIZE, threads[index], 0, PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE);
        // Any other thread may have ended, or be one of the kernel's, which makes no system calls.
        if (result < 0 && threads[index] == caller) return (int)result;
        if (result == 0) trace(PTRACE_INTERRUPT, threads[index], 0, 0);
    }
    return 0;
}

// Returns when the traced process wants no more or is gone; with this process its traces go, and its threads go on.
static void serve(struct conformance_tracer *tracer, int channel, int caller) {
    int told = 0;
    while (!atomic_load(&tracer->stops)) {
        int status;
        pid_t thread = waitpid(-1, &status, __WALL);
        if (thread < 0 && errno != EINTR) return;
        if (thread < 0 || !WIFSTOPPED(status)) continue;
        if (atomic_load(&tracer->stops)) return;
        follow(tracer, thread, status);
        // The thread that waits for this word is the one that must be seen from now on.
        if (!told && thread == caller) told = write(channel, &(int){0}, sizeof(int)) > 0;
    }
}

static void trace_parent(struct conformance_tracer *tracer, int channel, const int *threads, int count, int caller) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    // What the parent holds open is none of the tracer's business, and must be able to end.
    dup2(channel, STDIN_FILENO);
    syscall(SYS_close_range, STDIN_FILENO + 1, ~0U, 0);
    int allowed;
    if (read(STDIN_FILENO, &allowed, sizeof allowed) <= 0) return;
    int result = seize(threads, count, caller);
    if (result < 0) {
        if (write(STDIN_FILENO, &result, sizeof result) < 0) return;
        return;
    }
    serve(tracer, STDIN_FILENO, caller);
}

// MARK: In the traced process

// Lets the tracer attach where only ancestors may (Yama), and waits for what it says.
static int await(const struct conformance_tracer *tracer, int channel) {
    prctl(PR_SET_PTRACER, tracer->tracer, 0, 0, 0);
    int result = 0;
    if (write(channel, &result, sizeof result) < 0) return -errno;
    ssize_t count;
    do count = read(channel, &result, sizeof result);
    while (count < 0 && errno == EINTR);
    return count == sizeof result ? result : -ESRCH;
}

static size_t size_of(int capacity) {
    return sizeof(struct conformance_tracer) + (size_t)capacity * sizeof(struct conformance_trace_event);
}

static void wait_for(pid_t child) {
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
}

static int start(struct conformance_tracer *tracer, const int *threads, int count) {
    int channel[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, channel) < 0) return -errno;
    int caller = (int)syscall(SYS_gettid);
    pid_t child = fork();
    if (child == 0) {
        trace_parent(tracer, channel[1], threads, count, caller);
        _exit(0);
    }
    int result = child < 0 ? -errno : 0;
    close(channel[1]);
    tracer->tracer = child;
    if (result == 0) {
        result = await(tracer, channel[0]);
        if (result < 0) wait_for(child);
    }
    close(channel[0]);
    return result;
}

int conformance_tracer_start(const int *threads, int count, int capacity, struct conformance_tracer **result) {
    struct conformance_tracer *tracer =
        mmap(NULL, size_of(capacity), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (tracer == MAP_FAILED) return -errno;
    tracer->capacity = capacity;
    int error = start(tracer, threads, count);
    if (error < 0) {
        conformance_tracer_free(tracer);
        return error;
    }
    *result = tracer;
    return 0;
}

int conformance_tracer_stop(struct conformance_tracer *tracer) {
    atomic_store(&tracer->stops, 1);
    // The tracer sees this call begin, and ends.
    wait_for(tracer->tracer);
    return tracer->error;
}

const struct conformance_trace_event *conformance_tracer_events(const struct conformance_tracer *tracer) {
    return tracer->events;
}

int conformance_tracer_event_count(const struct conformance_tracer *tracer) { return tracer->count; }

void conformance_tracer_free(struct conformance_tracer *tracer) { munmap(tracer, size_of(tracer->capacity)); }
