// Surroundings that a process takes on for good: signals again and again, and another user.

#define _GNU_SOURCE
#include "CConformance.h"
#include "LinuxIOResult.h"

#include <grp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <time.h>

int conformance_signal_thread_periodically(int signal, int64_t interval) {
    struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = signal};
    // The C library has no name of its own for this field.
    event._sigev_un._tid = (pid_t)syscall(SYS_gettid);
    timer_t timer;
    if (timer_create(CLOCK_MONOTONIC, &event, &timer) != 0) return -errno;
    struct timespec step = {.tv_sec = interval / 1000000000, .tv_nsec = interval % 1000000000};
    struct itimerspec times = {.it_interval = step, .it_value = step};
    return (int)linuxio_result(timer_settime(timer, 0, &times, NULL));
}

int conformance_become_user(unsigned number) {
    if (setgroups(0, NULL) != 0 || setresgid(number, number, number) != 0 || setresuid(number, number, number) != 0) return -errno;
    // The kernel hides a process that has changed its user from that user.
    return (int)linuxio_result(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0));
}
