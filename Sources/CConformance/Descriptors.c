// Descriptors of kinds that no backend makes.

#include "CConformance.h"

#include <errno.h>
#include <sys/inotify.h>
#include <sys/timerfd.h>
#include <unistd.h>

int conformance_timer_descriptor(void) {
    int descriptor = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
    return descriptor < 0 ? -errno : descriptor;
}

int conformance_timer_start(int timer, int milliseconds) {
    struct itimerspec once = {.it_value = {.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000L}};
    return timerfd_settime(timer, 0, &once, NULL) < 0 ? -errno : 0;
}

int conformance_names_descriptor(const char *directory) {
    int descriptor = inotify_init1(IN_CLOEXEC);
    if (descriptor < 0) return -errno;
    if (inotify_add_watch(descriptor, directory, IN_CREATE) >= 0) return descriptor;
    int error = errno;
    close(descriptor);
    return -error;
}
