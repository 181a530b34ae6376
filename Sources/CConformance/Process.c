// The process and its children, where Swift has no way of its own.

#define _GNU_SOURCE
#include "CConformance.h"
#include "LinuxIOResult.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>

// MARK: Processors

static int64_t nanoseconds(clockid_t clock) {
    struct timespec used;
    clock_gettime(clock, &used);
    return (int64_t)used.tv_sec * 1000000000 + used.tv_nsec;
}

int64_t conformance_processor_nanoseconds(void) { return nanoseconds(CLOCK_PROCESS_CPUTIME_ID); }

int64_t conformance_thread_processor_nanoseconds(pthread_t thread) {
    clockid_t clock;
    return pthread_getcpuclockid(thread, &clock) == 0 ? nanoseconds(clock) : 0;
}

int conformance_pin_to_processor(int processor) {
    if (processor < 0 || processor >= CPU_SETSIZE) return -EINVAL;
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(processor, &set);
    return (int)linuxio_result(sched_setaffinity(0, sizeof set, &set));
}

int conformance_allowed_processors(uint64_t *words, size_t bytes) {
    return (int)linuxio_result(syscall(SYS_sched_getaffinity, 0, bytes, words));
}

int conformance_set_allowed_processors(const uint64_t *words, size_t bytes) {
    return (int)linuxio_result(syscall(SYS_sched_setaffinity, 0, bytes, words));
}

// MARK: Environment

char **conformance_environment(void) { return environ; }

// MARK: Children

int conformance_exit_code(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : -1; }

int conformance_ending_signal(int status) { return WIFSIGNALED(status) ? WTERMSIG(status) : 0; }

int conformance_die_with_parent(void) { return (int)linuxio_result(prctl(PR_SET_PDEATHSIG, SIGKILL)); }

pid_t conformance_fork_behind_gate(int gate, int other_end) {
    pid_t child = fork();
    if (child != 0) return child < 0 ? -errno : child;
    // Only what is safe after a fork of a threaded process: system calls.
    char byte;
    close(other_end);
    while (read(gate, &byte, 1) < 0 && errno == EINTR) {}
    _exit(0);
}
