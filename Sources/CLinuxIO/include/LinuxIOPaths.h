// Names of files: opening below a directory, creating, removing, renaming, listing.

#ifndef LINUXIO_PATHS_H
#define LINUXIO_PATHS_H

#include "LinuxIOResult.h"

#include <fcntl.h>
#include <sys/stat.h>

#pragma clang assume_nonnull begin

static const int LINUXIO_AT_FDCWD = -100;
static const int LINUXIO_AT_SYMLINK_NOFOLLOW = 0x100;
static const int LINUXIO_AT_REMOVEDIR = 0x200;
static const int LINUXIO_AT_SYMLINK_FOLLOW = 0x400;
static const int LINUXIO_AT_EMPTY_PATH = 0x1000;
static const int LINUXIO_AT_STATX_SYNC_AS_STAT = 0x0000;

// The numbers below differ between processor architectures, so they come from the C library, whose names for them
// with two underscores do not need _GNU_SOURCE.
static const int LINUXIO_O_DIRECT = __O_DIRECT;
static const int LINUXIO_O_DIRECTORY = __O_DIRECTORY;
static const int LINUXIO_O_NOFOLLOW = __O_NOFOLLOW;
static const int LINUXIO_O_NOATIME = __O_NOATIME;
static const int LINUXIO_O_PATH = __O_PATH;
static const int LINUXIO_O_TMPFILE = __O_TMPFILE;
static const int LINUXIO_O_CLOEXEC = __O_CLOEXEC;
static const int LINUXIO_O_NONBLOCK = O_NONBLOCK;
static const int LINUXIO_O_DSYNC = __O_DSYNC;
static const int LINUXIO_O_SYNC = O_SYNC;

static const uint64_t LINUXIO_RESOLVE_NO_XDEV = 0x01;
static const uint64_t LINUXIO_RESOLVE_NO_MAGICLINKS = 0x02;
static const uint64_t LINUXIO_RESOLVE_NO_SYMLINKS = 0x04;
static const uint64_t LINUXIO_RESOLVE_BENEATH = 0x08;
static const uint64_t LINUXIO_RESOLVE_IN_ROOT = 0x10;
static const uint64_t LINUXIO_RESOLVE_CACHED = 0x20;

static const unsigned int LINUXIO_RENAME_NOREPLACE = 1U << 0;
static const unsigned int LINUXIO_RENAME_EXCHANGE = 1U << 1;

/// How to open a file, laid out as the kernel's `struct open_how`.
struct linuxio_open_how {
    uint64_t flags;
    uint64_t mode;
    uint64_t resolve;
};

/// Opens a file with control over how its path is resolved, and returns its descriptor.
static inline int linuxio_openat2(int directory, const char *path, const struct linuxio_open_how *how) {
    return (int)linuxio_result(syscall(SYS_openat2, directory, path, how, sizeof *how));
}

/// Opens a file and returns its descriptor; `mode` counts only when the file is created.
static inline int linuxio_openat(int directory, const char *path, int flags, mode_t mode) {
    return (int)linuxio_result(openat(directory, path, flags, mode));
}

/// Creates a directory.
static inline int linuxio_mkdirat(int directory, const char *path, mode_t mode) {
    return (int)linuxio_result(mkdirat(directory, path, mode));
}

/// Removes a name, or an empty directory with `AT_REMOVEDIR`.
static inline int linuxio_unlinkat(int directory, const char *path, int flags) {
    return (int)linuxio_result(unlinkat(directory, path, flags));
}

/// Renames a file atomically; `flags` may forbid replacing the target, or exchange the two.
static inline int linuxio_renameat2(
    int source_directory, const char *source, int target_directory, const char *target, unsigned int flags
) {
    return (int)linuxio_result(syscall(SYS_renameat2, source_directory, source, target_directory, target, flags));
}

/// Gives a file another name.
static inline int linuxio_linkat(
    int source_directory, const char *source, int target_directory, const char *target, int flags
) {
    return (int)linuxio_result(linkat(source_directory, source, target_directory, target, flags));
}

/// Creates a symbolic link at `path` that holds `target`.
static inline int linuxio_symlinkat(const char *target, int directory, const char *path) {
    return (int)linuxio_result(symlinkat(target, directory, path));
}

/// Reads what a symbolic link holds, without a terminating zero; a result of `capacity` may have been cut.
static inline long linuxio_readlinkat(int directory, const char *path, char *buffer, size_t capacity) {
    return linuxio_result(readlinkat(directory, path, buffer, capacity));
}

/// Reads directory entries in the kernel's `linux_dirent64` layout; 0 at the end.
static inline long linuxio_getdents64(int directory, void *buffer, size_t capacity) {
    return linuxio_result(syscall(SYS_getdents64, directory, buffer, capacity));
}

/// Moves the position of an open file or directory, and returns it.
static inline int64_t linuxio_seek(int descriptor, int64_t offset) {
    return linuxio_result(lseek(descriptor, offset, SEEK_SET));
}

/// The type bits of the mode of an open file, `S_IFMT` applied; it never waits.
static inline int linuxio_file_type(int descriptor) {
    struct stat status;
    return fstat(descriptor, &status) < 0 ? -errno : (int)(status.st_mode & S_IFMT);
}

/// The type bits of the mode of what a name refers to, `S_IFMT` applied; of a symbolic link itself.
static inline int linuxio_type_of_name(int directory, const char *name) {
    struct stat status;
    return fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) < 0 ? -errno : (int)(status.st_mode & S_IFMT);
}

/// Whether an open file has positions.
static inline int linuxio_is_seekable(int descriptor) { return lseek(descriptor, 0, SEEK_CUR) >= 0; }

/// The oldest query of the metadata of an open file.
static inline int linuxio_fstat(int descriptor, struct stat *metadata) { return (int)linuxio_result(fstat(descriptor, metadata)); }

#pragma clang assume_nonnull end

#endif
