// A seccomp filter that makes chosen system calls fail with a chosen error, and a network in which nothing is reachable.

#define _GNU_SOURCE
#include "CConformance.h"
#include "LinuxIOResult.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>

#if defined(__x86_64__)
#define NATIVE_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE_ARCHITECTURE AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define NATIVE_ARCHITECTURE AUDIT_ARCH_RISCV64
#else
#define NATIVE_ARCHITECTURE 0
#endif

enum { maximum_denied = 64, fixed_instructions = 6 };

static int install(struct sock_filter *instructions, unsigned short count) {
    struct sock_fprog program = {.len = count, .filter = instructions};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -errno;
    unsigned int flags = SECCOMP_FILTER_FLAG_TSYNC | SECCOMP_FILTER_FLAG_TSYNC_ESRCH;
    return (int)linuxio_result(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program));
}

int conformance_deny_system_calls(const int *numbers, int count, int error) {
    if (NATIVE_ARCHITECTURE == 0) return -ENOSYS;
    if (count < 1 || count > maximum_denied) return -EINVAL;
    struct sock_filter filter[maximum_denied + fixed_instructions];
    unsigned short length = 0;

    // System call numbers mean something else for another architecture's calls: those pass unchanged.
    filter[length++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
    filter[length++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, NATIVE_ARCHITECTURE, 1, 0);
    filter[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    filter[length++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));

    // A match jumps over the remaining comparisons and the "allow" after them.
    for (int index = 0; index < count; index++) {
        unsigned char to_deny = (unsigned char)(count - index);
        filter[length++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)numbers[index], to_deny, 0);
    }
    filter[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    filter[length++] =
        (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ((unsigned)error & SECCOMP_RET_DATA));
    return install(filter, length);
}

int conformance_deny_threads(int error) {
    if (NATIVE_ARCHITECTURE == 0) return -ENOSYS;
    unsigned denied = SECCOMP_RET_ERRNO | ((unsigned)error & SECCOMP_RET_DATA);
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, NATIVE_ARCHITECTURE, 0, 6),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        // What the younger call is asked for lies in memory, where a filter cannot look: as if the kernel had none, the C library uses the older one.
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 5, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, denied),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
    };
    return install(filter, sizeof filter / sizeof *filter);
}

int conformance_call_for_nothing(int number) { return (int)linuxio_result(syscall(number, -1L, 0L, 0L, 0L, 0L, 0L)); }

int conformance_leave_network(void) { return (int)linuxio_result(unshare(CLONE_NEWNET)); }
