// Surroundings that this process takes on until it ends: a signal again and again, and the rights of another user.

#ifndef CONFORMANCE_SURROUNDINGS_H
#define CONFORMANCE_SURROUNDINGS_H

#include <stdint.h>

#pragma clang assume_nonnull begin

/// Sends a signal to the calling thread, and to no other one, each time that `interval` nanoseconds have passed.
int conformance_signal_thread_periodically(int signal, int64_t interval);

/// Makes this process that of the user and group `number`, without other groups and without privileges; it can still look at itself in /proc.
/// Undoes `conformance_die_with_parent`. `-EPERM` without the privilege.
int conformance_become_user(unsigned number);

#pragma clang assume_nonnull end

#endif
