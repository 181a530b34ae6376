// Sockets: creation, connection, transfer, and the constants whose C declarations Swift imports as awkward types.

#ifndef LINUXIO_SOCKETS_H
#define LINUXIO_SOCKETS_H

#include "LinuxIOResult.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>

#pragma clang assume_nonnull begin

static const int LINUXIO_SOCK_STREAM = SOCK_STREAM;
static const int LINUXIO_SOCK_DGRAM = SOCK_DGRAM;
static const int LINUXIO_SOCK_SEQPACKET = SOCK_SEQPACKET;
static const int LINUXIO_SOCK_NONBLOCK = SOCK_NONBLOCK;
static const int LINUXIO_SOCK_CLOEXEC = SOCK_CLOEXEC;

static const int LINUXIO_MSG_PEEK = MSG_PEEK;
static const int LINUXIO_MSG_TRUNC = MSG_TRUNC;
static const int LINUXIO_MSG_DONTWAIT = MSG_DONTWAIT;
static const int LINUXIO_MSG_NOSIGNAL = MSG_NOSIGNAL;
static const int LINUXIO_MSG_MORE = MSG_MORE;
static const int LINUXIO_MSG_CMSG_CLOEXEC = MSG_CMSG_CLOEXEC;
static const int LINUXIO_MSG_CTRUNC = MSG_CTRUNC;
static const int LINUXIO_SCM_RIGHTS = SCM_RIGHTS;
static const int LINUXIO_SO_TIMESTAMPNS = SO_TIMESTAMPNS;
static const int LINUXIO_TCP_KEEPIDLE = TCP_KEEPIDLE;
static const int LINUXIO_IPPROTO_MPTCP = 262;

static const int LINUXIO_IPPROTO_TCP = IPPROTO_TCP;
static const int LINUXIO_IPPROTO_UDP = IPPROTO_UDP;
static const int LINUXIO_IPPROTO_IPV6 = IPPROTO_IPV6;
static const int LINUXIO_TCP_NODELAY = TCP_NODELAY;
static const int LINUXIO_TCP_USER_TIMEOUT = TCP_USER_TIMEOUT;
static const int LINUXIO_SHUT_RD = SHUT_RD;
static const int LINUXIO_SHUT_WR = SHUT_WR;
static const int LINUXIO_SHUT_RDWR = SHUT_RDWR;

/// Creates a socket and returns its descriptor.
static inline int linuxio_socket(int domain, int type, int protocol) {
    return (int)linuxio_result(socket(domain, type, protocol));
}

/// Creates two connected sockets.
static inline int linuxio_socketpair(int domain, int type, int protocol, int *ends) {
    return (int)linuxio_result(socketpair(domain, type, protocol, ends));
}

/// Gives a socket its local address.
static inline int linuxio_bind(int descriptor, const void *address, socklen_t length) {
    return (int)linuxio_result(syscall(SYS_bind, descriptor, address, length));
}

/// Makes a socket accept connections.
static inline int linuxio_listen(int descriptor, int backlog) { return (int)linuxio_result(listen(descriptor, backlog)); }

/// Starts a connection; `-EINPROGRESS` on a non-blocking socket that has to wait.
static inline int linuxio_connect(int descriptor, const void *address, socklen_t length) {
    return (int)linuxio_result(syscall(SYS_connect, descriptor, address, length));
}

/// Accepts a connection and returns its descriptor; `flags` are `SOCK_NONBLOCK` and `SOCK_CLOEXEC`.
static inline int linuxio_accept4(int descriptor, void *_Nullable address, socklen_t *_Nullable length, int flags) {
    return (int)linuxio_result(syscall(SYS_accept4, descriptor, address, length, flags));
}

/// Shuts down one or both directions of a connection.
static inline int linuxio_shutdown(int descriptor, int how) { return (int)linuxio_result(shutdown(descriptor, how)); }

/// Receives bytes; 0 when the peer has finished sending.
static inline long linuxio_recv(int descriptor, void *buffer, size_t count, int flags) {
    return linuxio_result(recv(descriptor, buffer, count, flags));
}

/// Sends bytes.
static inline long linuxio_send(int descriptor, const void *buffer, size_t count, int flags) {
    return linuxio_result(send(descriptor, buffer, count, flags));
}

/// Receives a message with its sender's address and control data.
static inline long linuxio_recvmsg(int descriptor, struct msghdr *message, int flags) {
    return linuxio_result(recvmsg(descriptor, message, flags));
}

/// Sends a message to an address, with control data.
static inline long linuxio_sendmsg(int descriptor, const struct msghdr *message, int flags) {
    return linuxio_result(sendmsg(descriptor, message, flags));
}

/// The socket's own address.
static inline int linuxio_getsockname(int descriptor, void *address, socklen_t *length) {
    return (int)linuxio_result(syscall(SYS_getsockname, descriptor, address, length));
}

/// The address of the connected peer.
static inline int linuxio_getpeername(int descriptor, void *address, socklen_t *length) {
    return (int)linuxio_result(syscall(SYS_getpeername, descriptor, address, length));
}

/// Sets a socket option.
static inline int linuxio_setsockopt(int descriptor, int level, int name, const void *value, socklen_t length) {
    return (int)linuxio_result(setsockopt(descriptor, level, name, value, length));
}

/// Sets a socket option whose value is an integer.
static inline int linuxio_set_socket_option(int descriptor, int level, int name, int value) {
    return linuxio_setsockopt(descriptor, level, name, &value, sizeof value);
}

/// Reads a socket option whose value is an integer that is never negative.
static inline int linuxio_socket_option(int descriptor, int level, int name) {
    int value = 0;
    socklen_t length = sizeof value;
    return getsockopt(descriptor, level, name, &value, &length) < 0 ? -errno : value;
}

/// Sets whether closing a connection breaks it, instead of leaving bytes under way to arrive.
static inline int linuxio_set_resets_on_close(int descriptor, int enabled) {
    struct linger value = {.l_onoff = enabled, .l_linger = 0};
    return linuxio_setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &value, sizeof value);
}

/// Whether closing a connection breaks it: 1 or 0.
static inline int linuxio_resets_on_close(int descriptor) {
    struct linger value = {0};
    socklen_t length = sizeof value;
    if (getsockopt(descriptor, SOL_SOCKET, SO_LINGER, &value, &length) < 0) return -errno;
    return value.l_onoff && value.l_linger == 0;
}

/// Takes the pending error of a socket, as a positive errno value or 0.
static inline int linuxio_socket_error(int descriptor) { return linuxio_socket_option(descriptor, SOL_SOCKET, SO_ERROR); }

#pragma clang assume_nonnull end

#endif
