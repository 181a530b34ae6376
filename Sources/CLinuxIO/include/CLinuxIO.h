// The Linux system calls and constants that Swift's Glibc module lacks, each in a form Swift can call.
//
// Every function that can fail returns a negative errno value, so that a caller reads one value and never the
// thread's errno. Nothing here needs _GNU_SOURCE: Swift's Glibc module is built without it, and two modules that saw the
// C library with and without it disagree about its types. The kernel's structures that would need it are defined here.

#ifndef LINUXIO_H
#define LINUXIO_H

#include "LinuxIOResult.h"
#include "LinuxIODescriptors.h"
#include "LinuxIOFiles.h"
#include "LinuxIOPaths.h"
#include "LinuxIOSockets.h"
#include "LinuxIOEpoll.h"
#include "LinuxIOThreads.h"
#include "LinuxIOProcess.h"

#endif
