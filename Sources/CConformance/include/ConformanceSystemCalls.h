// The names of system calls, whose numbers differ between processors.

#ifndef CONFORMANCE_SYSTEM_CALLS_H
#define CONFORMANCE_SYSTEM_CALLS_H

#pragma clang assume_nonnull begin

/// The number of the system call `name`; -1 when this processor has none of that name, -2 when the name is not known here.
int conformance_system_call_number(const char *name);

#pragma clang assume_nonnull end

#endif
