// Descriptors of kinds that no backend makes.

#ifndef CONFORMANCE_DESCRIPTORS_H
#define CONFORMANCE_DESCRIPTORS_H

/// A timer that becomes readable once it was started and has fired; its descriptor, close-on-exec.
int conformance_timer_descriptor(void);

/// Has a timer fire after `milliseconds`.
int conformance_timer_start(int timer, int milliseconds);

/// What becomes readable when a name is made in `directory`; its descriptor, close-on-exec.
int conformance_names_descriptor(const char *_Nonnull directory);

#endif
