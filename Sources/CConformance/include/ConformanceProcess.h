// This process and its children: processor time, processors, environment, and how a child lives and ends.

#ifndef CONFORMANCE_PROCESS_H
#define CONFORMANCE_PROCESS_H

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#pragma clang assume_nonnull begin

// MARK: Processors

/// Nanoseconds of processor time this process has used, in user and kernel mode.
int64_t conformance_processor_nanoseconds(void);

/// Nanoseconds of processor time a thread of this process that has not been joined has used up to now, in user and kernel mode; 0 once it has ended.
int64_t conformance_thread_processor_nanoseconds(pthread_t thread);

/// Confines the calling thread to one processor.
int conformance_pin_to_processor(int processor);

/// Reads the processors the calling thread may run on, bit by bit; returns the number of bytes the kernel filled in.
int conformance_allowed_processors(uint64_t *words, size_t bytes);

/// Sets the processors the calling thread may run on, bit by bit.
int conformance_set_allowed_processors(const uint64_t *words, size_t bytes);

// MARK: Environment

/// The environment of this process: strings `NAME=value`, ended by null.
char *_Nullable *_Nullable conformance_environment(void);

// MARK: Children

/// The exit code in a status of `waitpid`, or -1 when the child did not exit by itself.
int conformance_exit_code(int status);

/// The signal in a status of `waitpid` that ended the child, or 0.
int conformance_ending_signal(int status);

/// Forks a child that reads `gate` to its end and then exits with 0, and does nothing else; `other_end` is closed in it. Returns its number.
pid_t conformance_fork_behind_gate(int gate, int other_end);

/// Asks the kernel to kill this process when the thread that created it ends.
int conformance_die_with_parent(void);

#pragma clang assume_nonnull end

#endif
