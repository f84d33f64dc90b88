/* Records what a program does to the files of one folder, in the order in which it is done (tests/power/tape.py).
 *
 * Put before the C library with LD_PRELOAD. POWER_FOLDER: the folder, by its real path; POWER_TAPE: the file to write
 * to. A record is one write to a file opened with O_APPEND, so those of several programs stand in one order, too.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST 65536
#define EXPORTED __attribute__((visibility("default")))
#define REAL(name) ((__typeof__(&name))real(#name))

struct record { uint32_t kind, pid; uint64_t file; int64_t at; uint32_t first, second; };

static int tape = -1;
static pid_t own;
static char folder[PATH_MAX];
static size_t length;
static uint64_t flushes;
static char *names[MOST]; /* the path of each descriptor that is watched */
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

__attribute__((constructor)) static void begin(void) {
    const char *to = getenv("POWER_TAPE"), *of = getenv("POWER_FOLDER");
    if (!to || !of || strlen(of) >= sizeof folder) return;
    strcpy(folder, of);
    length = strlen(of);
    own = getpid();
    tape = REAL(open)(to, O_WRONLY | O_APPEND | O_CLOEXEC);
}

/* A child between fork and exec shares our memory, or has a lock that nobody will release: it is let through. */
static int is_watching(void) { return tape >= 0 && getpid() == own; }

static const char *watched(int fd) { return fd >= 0 && fd < MOST && is_watching() ? names[fd] : NULL; }

static void put(char kind, uint64_t file, int64_t at, const void *first, size_t a, const void *second, size_t b) {
    struct record head = {(uint32_t)kind, (uint32_t)own, file, at, (uint32_t)a, (uint32_t)b};
    struct iovec parts[3] = {{&head, sizeof head}, {(void *)first, a}, {(void *)second, b}};
    int before = errno;
    if (REAL(writev)(tape, parts, 3) != (ssize_t)(sizeof head + a + b)) {
        static const char words[] = "power: the tape cannot be written\n";
        if (REAL(write)(2, words, sizeof words - 1)) {}
        _exit(70);
    }
    errno = before;
}

static void put_path(char kind, uint64_t file, const char *path, const char *other) {
    put(kind, file, 0, path, strlen(path), other ? other : "", other ? strlen(other) : 0);
}

static uint64_t number_of(int fd) { struct stat found; return fstat(fd, &found) ? 0 : (uint64_t)found.st_ino; }

/* The whole path, when it is of the folder; NULL otherwise. */
static const char *inside(int at, const char *path, char *whole) {
    if (!is_watching() || !path) return NULL;
    if (path[0] == '/') {
        if (snprintf(whole, PATH_MAX, "%s", path) >= PATH_MAX) return NULL;
    } else {
        char base[PATH_MAX];
        if (at == AT_FDCWD) {
            if (!getcwd(base, sizeof base)) return NULL;
        } else {
            char link[64];
            snprintf(link, sizeof link, "/proc/self/fd/%d", at);
            ssize_t n = readlink(link, base, sizeof base - 1);
            if (n < 0) return NULL;
            base[n] = 0;
        }
        while (path[0] == '.' && path[1] == '/') path += 2;
        if (snprintf(whole, PATH_MAX, "%s/%s", base, path) >= PATH_MAX) return NULL;
    }
    size_t n = strlen(whole);
    while (n > 1 && whole[n - 1] == '/') whole[--n] = 0;
    return !strncmp(whole, folder, length) && (whole[length] == '/' || !whole[length]) ? whole : NULL;
}

/* -- files */

static int opened(int at, const char *path, int flags, mode_t mode) {
    char whole[PATH_MAX];
    if (!inside(at, path, whole)) return REAL(openat)(at, path, flags, mode);
    pthread_mutex_lock(&turn);
    struct stat before;
    int is_new = (flags & O_CREAT) && fstatat(at, path, &before, 0);
    int fd = REAL(openat)(at, path, flags, mode);
    if (fd >= 0 && fd < MOST) {
        int error = errno;
        free(names[fd]);
        names[fd] = strdup(whole);
        if (is_new) put_path('C', number_of(fd), whole, NULL);
        else if (flags & O_TRUNC) put('T', number_of(fd), 0, "", 0, "", 0);
        errno = error;
    }
    pthread_mutex_unlock(&turn);
    return fd;
}

#define MODE mode_t mode = 0; if (flags & (O_CREAT | __O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }

EXPORTED int open(const char *path, int flags, ...) { MODE return opened(AT_FDCWD, path, flags, mode); }
EXPORTED int open64(const char *path, int flags, ...) { MODE return opened(AT_FDCWD, path, flags | O_LARGEFILE, mode); }
EXPORTED int openat(int at, const char *path, int flags, ...) { MODE return opened(at, path, flags, mode); }
EXPORTED int openat64(int at, const char *path, int flags, ...) { MODE return opened(at, path, flags | O_LARGEFILE, mode); }
EXPORTED int creat(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

EXPORTED int close(int fd) {
    if (!watched(fd)) return REAL(close)(fd);
    pthread_mutex_lock(&turn);
    free(names[fd]);
    names[fd] = NULL;
    int result = REAL(close)(fd);
    pthread_mutex_unlock(&turn);
    return result;
}

EXPORTED ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    if (!watched(fd)) return REAL(pwrite)(fd, data, size, at);
    pthread_mutex_lock(&turn);
    ssize_t done = REAL(pwrite)(fd, data, size, at);
    if (done > 0) put('W', number_of(fd), at, data, (size_t)done, "", 0);
    pthread_mutex_unlock(&turn);
    return done;
}
EXPORTED ssize_t pwrite64(int fd, const void *data, size_t size, off_t at) { return pwrite(fd, data, size, at); }

EXPORTED ssize_t write(int fd, const void *data, size_t size) {
    if (!watched(fd)) return REAL(write)(fd, data, size);
    pthread_mutex_lock(&turn);
    struct stat found;
    int appends = fcntl(fd, F_GETFL) & O_APPEND;
    int64_t at = appends && !fstat(fd, &found) ? found.st_size : lseek(fd, 0, SEEK_CUR);
    ssize_t done = REAL(write)(fd, data, size);
    if (done > 0) put('W', number_of(fd), at, data, (size_t)done, "", 0);
    pthread_mutex_unlock(&turn);
    return done;
}

static int cut(int fd, off_t size) {
    if (!watched(fd)) return REAL(ftruncate)(fd, size);
    pthread_mutex_lock(&turn);
    int result = REAL(ftruncate)(fd, size);
    if (!result) put('T', number_of(fd), size, "", 0, "", 0);
    pthread_mutex_unlock(&turn);
    return result;
}
EXPORTED int ftruncate(int fd, off_t size) { return cut(fd, size); }
EXPORTED int ftruncate64(int fd, off_t size) { return cut(fd, size); }

/* Nothing that was written before it began counts as flushed until it has ended. */
static int flushed(int fd, const char *name) {
    int (*flush)(int) = (int (*)(int))real(name);
    if (!watched(fd)) return flush(fd);
    pthread_mutex_lock(&turn);
    struct stat found;
    int is_folder = !fstat(fd, &found) && S_ISDIR(found.st_mode);
    int64_t number = (int64_t)++flushes;
    put(is_folder ? 'D' : 'S', found.st_ino, number, names[fd], strlen(names[fd]), "", 0);
    pthread_mutex_unlock(&turn);
    int result = flush(fd);
    if (!result) put(is_folder ? 'd' : 's', found.st_ino, number, "", 0, "", 0);
    return result;
}
EXPORTED int fsync(int fd) { return flushed(fd, "fsync"); }
EXPORTED int fdatasync(int fd) { return flushed(fd, "fdatasync"); }

/* What copies inside the kernel is refused: who asks falls back on reading and writing. */
EXPORTED ssize_t sendfile(int out, int in, off_t *from, size_t size) {
    if (watched(out)) { errno = EINVAL; return -1; }
    return REAL(sendfile)(out, in, from, size);
}
EXPORTED ssize_t sendfile64(int out, int in, off_t *from, size_t size) { return sendfile(out, in, from, size); }
EXPORTED ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t size, unsigned flags) {
    if (watched(out)) { errno = EXDEV; return -1; }
    return REAL(copy_file_range)(in, from, out, to, size, flags);
}
EXPORTED ssize_t writev(int fd, const struct iovec *parts, int count) {
    if (!watched(fd)) return REAL(writev)(fd, parts, count);
    ssize_t sum = 0;
    for (int n = 0; n < count; n++) {
        ssize_t done = write(fd, parts[n].iov_base, parts[n].iov_len);
        if (done < 0) return sum ? sum : -1;
        sum += done;
        if ((size_t)done < parts[n].iov_len) break;
    }
    return sum;
}

/* -- names */

static int named(char kind, int at, const char *path, int (*act)(int, const char *, int), int flags) {
    char whole[PATH_MAX];
    if (!inside(at, path, whole)) return act(at, path, flags);
    pthread_mutex_lock(&turn);
    int result = act(at, path, flags);
    if (!result) put_path(kind, 0, whole, NULL);
    pthread_mutex_unlock(&turn);
    return result;
}
static int unlink_at(int at, const char *path, int flags) { return REAL(unlinkat)(at, path, flags); }
static int make_at(int at, const char *path, int mode) { return REAL(mkdirat)(at, path, (mode_t)mode); }

EXPORTED int unlinkat(int at, const char *path, int flags) { return named('U', at, path, unlink_at, flags); }
EXPORTED int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
EXPORTED int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }
EXPORTED int mkdirat(int at, const char *path, mode_t mode) { return named('M', at, path, make_at, (int)mode); }
EXPORTED int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

EXPORTED int renameat(int from, const char *old, int to, const char *new) {
    char first[PATH_MAX], second[PATH_MAX];
    const char *left = inside(from, old, first), *arrived = inside(to, new, second);
    if (!left && !arrived) return REAL(renameat)(from, old, to, new);
    if (!left || !arrived) { errno = EXDEV; return -1; }
    pthread_mutex_lock(&turn);
    int result = REAL(renameat)(from, old, to, new);
    if (!result) put_path('R', 0, first, second);
    pthread_mutex_unlock(&turn);
    return result;
}
EXPORTED int rename(const char *old, const char *new) { return renameat(AT_FDCWD, old, AT_FDCWD, new); }

EXPORTED int linkat(int from, const char *old, int to, const char *new, int flags) {
    char whole[PATH_MAX];
    if (inside(to, new, whole)) { errno = EPERM; return -1; } /* nobody here makes a second name of a file */
    return REAL(linkat)(from, old, to, new, flags);
}
EXPORTED int link(const char *old, const char *new) { return linkat(AT_FDCWD, old, AT_FDCWD, new, 0); }
