// The system calls that cases look for.

#include "ConformanceSystemCalls.h"

#include <string.h>
#include <sys/syscall.h>

// Processors that came late lack the calls that had successors by then.
#ifndef SYS_read
#define SYS_read -1
#endif
#ifndef SYS_write
#define SYS_write -1
#endif
#ifndef SYS_readv
#define SYS_readv -1
#endif
#ifndef SYS_writev
#define SYS_writev -1
#endif
#ifndef SYS_pread64
#define SYS_pread64 -1
#endif
#ifndef SYS_pwrite64
#define SYS_pwrite64 -1
#endif
#ifndef SYS_preadv
#define SYS_preadv -1
#endif
#ifndef SYS_pwritev
#define SYS_pwritev -1
#endif
#ifndef SYS_preadv2
#define SYS_preadv2 -1
#endif
#ifndef SYS_pwritev2
#define SYS_pwritev2 -1
#endif
#ifndef SYS_sendfile
#define SYS_sendfile -1
#endif
#ifndef SYS_splice
#define SYS_splice -1
#endif
#ifndef SYS_tee
#define SYS_tee -1
#endif
#ifndef SYS_copy_file_range
#define SYS_copy_file_range -1
#endif
#ifndef SYS_open
#define SYS_open -1
#endif
#ifndef SYS_openat
#define SYS_openat -1
#endif
#ifndef SYS_openat2
#define SYS_openat2 -1
#endif
#ifndef SYS_creat
#define SYS_creat -1
#endif
#ifndef SYS_close
#define SYS_close -1
#endif
#ifndef SYS_close_range
#define SYS_close_range -1
#endif
#ifndef SYS_fsync
#define SYS_fsync -1
#endif
#ifndef SYS_fdatasync
#define SYS_fdatasync -1
#endif
#ifndef SYS_syncfs
#define SYS_syncfs -1
#endif
#ifndef SYS_sync_file_range
#define SYS_sync_file_range -1
#endif
#ifndef SYS_msync
#define SYS_msync -1
#endif
#ifndef SYS_stat
#define SYS_stat -1
#endif
#ifndef SYS_fstat
#define SYS_fstat -1
#endif
#ifndef SYS_lstat
#define SYS_lstat -1
#endif
#ifndef SYS_newfstatat
#define SYS_newfstatat -1
#endif
#ifndef SYS_statx
#define SYS_statx -1
#endif
#ifndef SYS_lseek
#define SYS_lseek -1
#endif
#ifndef SYS_truncate
#define SYS_truncate -1
#endif
#ifndef SYS_ftruncate
#define SYS_ftruncate -1
#endif
#ifndef SYS_fallocate
#define SYS_fallocate -1
#endif
#ifndef SYS_recvfrom
#define SYS_recvfrom -1
#endif
#ifndef SYS_recvmsg
#define SYS_recvmsg -1
#endif
#ifndef SYS_recvmmsg
#define SYS_recvmmsg -1
#endif
#ifndef SYS_sendto
#define SYS_sendto -1
#endif
#ifndef SYS_sendmsg
#define SYS_sendmsg -1
#endif
#ifndef SYS_sendmmsg
#define SYS_sendmmsg -1
#endif
#ifndef SYS_accept
#define SYS_accept -1
#endif
#ifndef SYS_accept4
#define SYS_accept4 -1
#endif
#ifndef SYS_connect
#define SYS_connect -1
#endif
#ifndef SYS_shutdown
#define SYS_shutdown -1
#endif
#ifndef SYS_poll
#define SYS_poll -1
#endif
#ifndef SYS_ppoll
#define SYS_ppoll -1
#endif
#ifndef SYS_select
#define SYS_select -1
#endif
#ifndef SYS_pselect6
#define SYS_pselect6 -1
#endif
#ifndef SYS_epoll_ctl
#define SYS_epoll_ctl -1
#endif
#ifndef SYS_epoll_wait
#define SYS_epoll_wait -1
#endif
#ifndef SYS_epoll_pwait
#define SYS_epoll_pwait -1
#endif
#ifndef SYS_epoll_pwait2
#define SYS_epoll_pwait2 -1
#endif
#ifndef SYS_io_submit
#define SYS_io_submit -1
#endif
#ifndef SYS_io_getevents
#define SYS_io_getevents -1
#endif
#ifndef SYS_io_pgetevents
#define SYS_io_pgetevents -1
#endif
#ifndef SYS_io_uring_enter
#define SYS_io_uring_enter -1
#endif
#ifndef SYS_nanosleep
#define SYS_nanosleep -1
#endif
#ifndef SYS_clock_nanosleep
#define SYS_clock_nanosleep -1
#endif
#ifndef SYS_pause
#define SYS_pause -1
#endif
#ifndef SYS_timer_settime
#define SYS_timer_settime -1
#endif
#ifndef SYS_timerfd_settime
#define SYS_timerfd_settime -1
#endif
#ifndef SYS_setitimer
#define SYS_setitimer -1
#endif
#ifndef SYS_alarm
#define SYS_alarm -1
#endif
#ifndef SYS_getdents
#define SYS_getdents -1
#endif
#ifndef SYS_getdents64
#define SYS_getdents64 -1
#endif
#ifndef SYS_readlink
#define SYS_readlink -1
#endif
#ifndef SYS_readlinkat
#define SYS_readlinkat -1
#endif
#ifndef SYS_symlink
#define SYS_symlink -1
#endif
#ifndef SYS_symlinkat
#define SYS_symlinkat -1
#endif
#ifndef SYS_link
#define SYS_link -1
#endif
#ifndef SYS_linkat
#define SYS_linkat -1
#endif
#ifndef SYS_rename
#define SYS_rename -1
#endif
#ifndef SYS_renameat
#define SYS_renameat -1
#endif
#ifndef SYS_renameat2
#define SYS_renameat2 -1
#endif
#ifndef SYS_unlink
#define SYS_unlink -1
#endif
#ifndef SYS_unlinkat
#define SYS_unlinkat -1
#endif
#ifndef SYS_mkdir
#define SYS_mkdir -1
#endif
#ifndef SYS_mkdirat
#define SYS_mkdirat -1
#endif
#ifndef SYS_rmdir
#define SYS_rmdir -1
#endif
#ifndef SYS_fadvise64
#define SYS_fadvise64 -1
#endif
#ifndef SYS_readahead
#define SYS_readahead -1
#endif
#ifndef SYS_chmod
#define SYS_chmod -1
#endif
#ifndef SYS_fchmod
#define SYS_fchmod -1
#endif
#ifndef SYS_fchmodat
#define SYS_fchmodat -1
#endif
#ifndef SYS_fchmodat2
#define SYS_fchmodat2 -1
#endif
#ifndef SYS_utime
#define SYS_utime -1
#endif
#ifndef SYS_utimes
#define SYS_utimes -1
#endif
#ifndef SYS_futimesat
#define SYS_futimesat -1
#endif
#ifndef SYS_utimensat
#define SYS_utimensat -1
#endif
#ifndef SYS_flock
#define SYS_flock -1
#endif
#ifndef SYS_fcntl
#define SYS_fcntl -1
#endif
#ifndef SYS_setsockopt
#define SYS_setsockopt -1
#endif
#ifndef SYS_getsockopt
#define SYS_getsockopt -1
#endif
#ifndef SYS_waitid
#define SYS_waitid -1
#endif

#define CALL(name) {#name, SYS_##name}

static const struct {
    const char *name;
    int number;
} calls[] = {
    CALL(read), CALL(write), CALL(readv), CALL(writev), CALL(pread64), CALL(pwrite64), CALL(preadv), CALL(pwritev),
    CALL(preadv2), CALL(pwritev2), CALL(sendfile), CALL(splice), CALL(tee), CALL(copy_file_range), CALL(open),
    CALL(openat), CALL(openat2), CALL(creat), CALL(close), CALL(close_range), CALL(fsync), CALL(fdatasync),
    CALL(syncfs), CALL(sync_file_range), CALL(msync), CALL(stat), CALL(fstat), CALL(lstat), CALL(newfstatat),
    CALL(statx), CALL(lseek), CALL(truncate), CALL(ftruncate), CALL(fallocate), CALL(recvfrom), CALL(recvmsg),
    CALL(recvmmsg), CALL(sendto), CALL(sendmsg), CALL(sendmmsg), CALL(accept), CALL(accept4), CALL(connect),
    CALL(shutdown), CALL(poll), CALL(ppoll), CALL(select), CALL(pselect6), CALL(epoll_ctl), CALL(epoll_wait),
    CALL(epoll_pwait), CALL(epoll_pwait2), CALL(io_submit), CALL(io_getevents), CALL(io_pgetevents),
    CALL(io_uring_enter), CALL(nanosleep), CALL(clock_nanosleep), CALL(pause), CALL(timer_settime),
    CALL(timerfd_settime), CALL(setitimer), CALL(alarm),
    CALL(getdents), CALL(getdents64), CALL(readlink), CALL(readlinkat), CALL(symlink), CALL(symlinkat), CALL(link),
    CALL(linkat), CALL(rename), CALL(renameat), CALL(renameat2), CALL(unlink), CALL(unlinkat), CALL(mkdir),
    CALL(mkdirat), CALL(rmdir), CALL(fadvise64), CALL(readahead), CALL(chmod), CALL(fchmod), CALL(fchmodat),
    CALL(fchmodat2), CALL(utime), CALL(utimes), CALL(futimesat), CALL(utimensat), CALL(flock), CALL(fcntl),
    CALL(setsockopt), CALL(getsockopt), CALL(waitid),
};

int conformance_system_call_number(const char *name) {
    for (size_t index = 0; index < sizeof calls / sizeof *calls; index++) {
        if (strcmp(calls[index].name, name) == 0) return calls[index].number;
    }
    return -2;
}
