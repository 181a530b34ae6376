// What only the conformance suite does with the system: changing its own process, and looking at it from outside.
//
// Every function that can fail returns a negative errno value. Nothing here needs _GNU_SOURCE, since Swift's Glibc module is built without it.

#ifndef CCONFORMANCE_H
#define CCONFORMANCE_H

#include "ConformanceDescriptors.h"
#include "ConformanceProcess.h"
#include "ConformanceSandbox.h"
#include "ConformanceSurroundings.h"
#include "ConformanceSystemCalls.h"
#include "ConformanceTracer.h"

#endif
