// Transfers on open files, their metadata, their space and their durability.

#ifndef LINUXIO_FILES_H
#define LINUXIO_FILES_H

#include "LinuxIOResult.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/uio.h>

#pragma clang assume_nonnull begin

static const int LINUXIO_RWF_HIPRI = 0x1;
static const int LINUXIO_RWF_DSYNC = 0x2;
static const int LINUXIO_RWF_SYNC = 0x4;
static const int LINUXIO_RWF_NOWAIT = 0x8;
static const int LINUXIO_RWF_APPEND = 0x10;
static const int LINUXIO_RWF_NOAPPEND = 0x20;
static const int LINUXIO_RWF_NOSIGNAL = 0x100;

static const int LINUXIO_FALLOC_FL_KEEP_SIZE = 0x01;
static const int LINUXIO_FALLOC_FL_PUNCH_HOLE = 0x02;
static const int LINUXIO_FALLOC_FL_COLLAPSE_RANGE = 0x08;
static const int LINUXIO_FALLOC_FL_ZERO_RANGE = 0x10;
static const int LINUXIO_FALLOC_FL_INSERT_RANGE = 0x20;

static const unsigned int LINUXIO_STATX_TYPE = 0x0001U;
static const unsigned int LINUXIO_STATX_MODE = 0x0002U;
static const unsigned int LINUXIO_STATX_NLINK = 0x0004U;
static const unsigned int LINUXIO_STATX_UID = 0x0008U;
static const unsigned int LINUXIO_STATX_GID = 0x0010U;
static const unsigned int LINUXIO_STATX_ATIME = 0x0020U;
static const unsigned int LINUXIO_STATX_MTIME = 0x0040U;
static const unsigned int LINUXIO_STATX_CTIME = 0x0080U;
static const unsigned int LINUXIO_STATX_INO = 0x0100U;
static const unsigned int LINUXIO_STATX_SIZE = 0x0200U;
static const unsigned int LINUXIO_STATX_BLOCKS = 0x0400U;
static const unsigned int LINUXIO_STATX_BASIC_STATS = 0x07ffU;
static const unsigned int LINUXIO_STATX_BTIME = 0x0800U;
static const unsigned int LINUXIO_STATX_MNT_ID = 0x1000U;
static const unsigned int LINUXIO_STATX_DIOALIGN = 0x2000U;

/// A moment in the metadata of a file.
struct linuxio_timestamp {
    int64_t tv_sec;
    uint32_t tv_nsec;
    int32_t reserved;
};

/// The metadata of a file, laid out as the kernel's `struct statx`.
struct linuxio_statx {
    uint32_t stx_mask;
    uint32_t stx_blksize;
    uint64_t stx_attributes;
    uint32_t stx_nlink;
    uint32_t stx_uid;
    uint32_t stx_gid;
    uint16_t stx_mode;
    uint16_t reserved0;
    uint64_t stx_ino;
    uint64_t stx_size;
    uint64_t stx_blocks;
    uint64_t stx_attributes_mask;
    struct linuxio_timestamp stx_atime;
    struct linuxio_timestamp stx_btime;
    struct linuxio_timestamp stx_ctime;
    struct linuxio_timestamp stx_mtime;
    uint32_t stx_rdev_major;
    uint32_t stx_rdev_minor;
    uint32_t stx_dev_major;
    uint32_t stx_dev_minor;
    uint64_t stx_mnt_id;
    uint32_t stx_dio_mem_align;
    uint32_t stx_dio_offset_align;
    uint64_t reserved1[12];
};

/// The metadata of the file at `path`, or of `directory` itself when `path` is empty and `AT_EMPTY_PATH` is given.
static inline int linuxio_statx(
    int directory, const char *path, int flags, unsigned int mask, struct linuxio_statx *metadata
) {
    return (int)linuxio_result(syscall(SYS_statx, directory, path, flags, mask, metadata));
}

/// Reads at the current position.
static inline long linuxio_read(int descriptor, void *buffer, size_t count) {
    return linuxio_result(read(descriptor, buffer, count));
}

/// Writes at the current position; writing to a pipe without readers also raises SIGPIPE.
static inline long linuxio_write(int descriptor, const void *buffer, size_t count) {
    return linuxio_result(write(descriptor, buffer, count));
}

/// Reads at an absolute offset.
static inline long linuxio_pread(int descriptor, void *buffer, size_t count, int64_t offset) {
    return linuxio_result(syscall(SYS_pread64, descriptor, buffer, count, offset));
}

/// Writes at an absolute offset.
static inline long linuxio_pwrite(int descriptor, const void *buffer, size_t count, int64_t offset) {
    return linuxio_result(syscall(SYS_pwrite64, descriptor, buffer, count, offset));
}

/// Reads into several buffers at an absolute offset, or at the current position when `offset` is -1, with `RWF_` flags.
static inline long linuxio_preadv2(
    int descriptor, const struct iovec *vectors, int count, int64_t offset, int flags
) {
    return linuxio_result(syscall(SYS_preadv2, descriptor, vectors, (long)count, offset, 0L, flags));
}

/// Writes several buffers at an absolute offset, or at the current position when `offset` is -1, with `RWF_` flags.
static inline long linuxio_pwritev2(
    int descriptor, const struct iovec *vectors, int count, int64_t offset, int flags
) {
    return linuxio_result(syscall(SYS_pwritev2, descriptor, vectors, (long)count, offset, 0L, flags));
}

/// Makes the data and all metadata of a file durable.
static inline int linuxio_fsync(int descriptor) { return (int)linuxio_result(fsync(descriptor)); }

/// Makes the data of a file durable, and the metadata needed to read it back.
static inline int linuxio_fdatasync(int descriptor) { return (int)linuxio_result(fdatasync(descriptor)); }

/// Sets the length of a file.
static inline int linuxio_ftruncate(int descriptor, int64_t length) {
    return (int)linuxio_result(syscall(SYS_ftruncate, descriptor, length));
}

/// Reserves, zeroes or frees the space of a range of a file.
static inline int linuxio_fallocate(int descriptor, int mode, int64_t offset, int64_t length) {
    return (int)linuxio_result(syscall(SYS_fallocate, descriptor, mode, offset, length));
}

/// Advises the kernel how a range of a file will be used.
static inline int linuxio_fadvise(int descriptor, int64_t offset, int64_t length, int advice) {
    return (int)linuxio_result(syscall(SYS_fadvise64, descriptor, offset, length, advice));
}

static const int LINUXIO_FADV_NORMAL = POSIX_FADV_NORMAL;
static const int LINUXIO_FADV_RANDOM = POSIX_FADV_RANDOM;
static const int LINUXIO_FADV_SEQUENTIAL = POSIX_FADV_SEQUENTIAL;
static const int LINUXIO_FADV_WILLNEED = POSIX_FADV_WILLNEED;
static const int LINUXIO_FADV_DONTNEED = POSIX_FADV_DONTNEED;
static const int LINUXIO_FADV_NOREUSE = POSIX_FADV_NOREUSE;

/// Sets the permission bits of an open file.
static inline int linuxio_fchmod(int descriptor, mode_t mode) { return (int)linuxio_result(fchmod(descriptor, mode)); }

static const long LINUXIO_UTIME_NOW = UTIME_NOW;
static const long LINUXIO_UTIME_OMIT = UTIME_OMIT;

/// Sets when an open file was read and changed; nanoseconds may be `UTIME_NOW` or `UTIME_OMIT`.
static inline int linuxio_set_times(
    int descriptor, int64_t access_seconds, long access_nanoseconds, int64_t change_seconds, long change_nanoseconds
) {
    const struct timespec times[2] = {{access_seconds, access_nanoseconds}, {change_seconds, change_nanoseconds}};
    return (int)linuxio_result(futimens(descriptor, times));
}

static const int LINUXIO_LOCK_SHARED = LOCK_SH;
static const int LINUXIO_LOCK_EXCLUSIVE = LOCK_EX;
static const int LINUXIO_LOCK_TRY = LOCK_NB;
static const int LINUXIO_LOCK_NONE = LOCK_UN;

/// Locks or unlocks an open file description; `-EWOULDBLOCK` with `LOCK_NB` when it would wait.
static inline int linuxio_flock(int descriptor, int operation) {
    return (int)linuxio_result(flock(descriptor, operation));
}

/// Reads into several buffers at an absolute offset.
static inline long linuxio_preadv(int descriptor, const struct iovec *vectors, int count, int64_t offset) {
    return linuxio_result(syscall(SYS_preadv, descriptor, vectors, (long)count, offset, 0L));
}

/// Writes several buffers at an absolute offset.
static inline long linuxio_pwritev(int descriptor, const struct iovec *vectors, int count, int64_t offset) {
    return linuxio_result(syscall(SYS_pwritev, descriptor, vectors, (long)count, offset, 0L));
}

#pragma clang assume_nonnull end

#endif
