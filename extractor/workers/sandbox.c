/* Three walls, one behind the other.
 *
 *   setrlimit   how much: memory, file size 0, no core, few open files
 *   Landlock    which files may be read: a list of folders (nothing at all may be written)
 *   seccomp     which system calls there are: a list of those that reading and computing need
 *
 * The list of calls was found by tracing Poppler, Leptonica and GLib at work. What is not on it answers
 * ENOSYS: to a C library that is an old kernel, and it falls back to what it did before the new call was made up.
 */
#include "workers/sandbox.h"

#include "base/error.h"
#include "base/intl.h"
#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define HAS_SHADOW_MEMORY 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_SHADOW_MEMORY 1
#endif
#endif
#ifndef HAS_SHADOW_MEMORY
#define HAS_SHADOW_MEMORY 0
#endif

#define OPEN_FILES 64

/* -- setrlimit -- */

static rlim_t memory_ceiling; /* without the document */

static void
set_ceilings (guint64 memory_bytes)
{
    setrlimit (RLIMIT_CORE, &(struct rlimit){ 0, 0 });
    setrlimit (RLIMIT_NOFILE, &(struct rlimit){ OPEN_FILES, OPEN_FILES });
    if (g_strcmp0 (g_getenv ("KEHOACH_DEBUG"), "1") != 0) /* then stderr may be a file */
        setrlimit (RLIMIT_FSIZE, &(struct rlimit){ 0, 0 });
    if (memory_bytes > 0 && !HAS_SHADOW_MEMORY) { /* AddressSanitizer reserves terabytes */
        memory_ceiling = memory_bytes;
        setrlimit (RLIMIT_AS, &(struct rlimit){ memory_ceiling, memory_ceiling + KH_LIMIT_INPUT_BYTES });
    }
}

void
kh_sandbox_make_room (guint64 file_bytes)
{
    rlim_t hard = memory_ceiling + KH_LIMIT_INPUT_BYTES;
    if (memory_ceiling > 0)
        setrlimit (RLIMIT_AS, &(struct rlimit){ MIN (memory_ceiling + file_bytes, hard), hard });
}

/* -- Landlock -- */

#ifndef LANDLOCK_ACCESS_FS_REFER
#define LANDLOCK_ACCESS_FS_REFER (1ULL << 13) /* version 2 */
#endif
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14) /* version 3 */
#endif

/* What the C library and Fontconfig look into when they are asked for a character set, a time zone, a font. */
static const char *const system_paths[] = {
    /* libraries, character sets, languages, time */
    "/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/local/lib", "/etc/ld.so.cache", "/usr/share/locale", "/usr/share/zoneinfo",
    "/etc/localtime",
    /* fonts */
    "/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/fontconfig", "/etc/fonts", "/var/cache/fontconfig",
    "/usr/share/poppler",
    /* what stdio may want */
    "/dev/null", NULL
};

int
kh_sandbox_landlock_version (void)
{
    long version = syscall (SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return version > 0 ? (int)version : 0;
}

static void
allow_reading (int ruleset, const char *path)
{
    struct landlock_path_beneath_attr rule = { .parent_fd = open (path, O_PATH | O_CLOEXEC) };
    if (rule.parent_fd < 0)
        return;
    rule.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;
    if (faccessat (rule.parent_fd, ".", F_OK, 0) == 0) /* the right to list is for folders only */
        rule.allowed_access |= LANDLOCK_ACCESS_FS_READ_DIR;
    syscall (SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close (rule.parent_fd);
}

static void
close_landlock (const char *const *readable)
{
    int version = kh_sandbox_landlock_version ();
    if (version == 0)
        return;
    struct landlock_ruleset_attr all = { .handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1 }; /* the 13 of version 1 */
    if (version >= 2)
        all.handled_access_fs |= LANDLOCK_ACCESS_FS_REFER;
    if (version >= 3)
        all.handled_access_fs |= LANDLOCK_ACCESS_FS_TRUNCATE;
    int ruleset = syscall (SYS_landlock_create_ruleset, &all, sizeof all, 0);
    if (ruleset < 0)
        return;
    for (const char *const *path = system_paths; *path != NULL; path++)
        allow_reading (ruleset, *path);
    for (const char *const *path = readable; path != NULL && *path != NULL; path++)
        allow_reading (ruleset, *path);
    syscall (SYS_landlock_restrict_self, ruleset, 0);
    close (ruleset);
}

/* -- seccomp -- */

/* Calls that are allowed as they are. A name that an architecture does not have is passed over. */
static const int allowed[] = {
    /* memory */
    SCMP_SYS (brk), SCMP_SYS (munmap), SCMP_SYS (mremap), SCMP_SYS (madvise), SCMP_SYS (mincore), SCMP_SYS (membarrier),
    /* files that are open, the pipe to the parent */
    SCMP_SYS (read), SCMP_SYS (readv), SCMP_SYS (pread64), SCMP_SYS (write), SCMP_SYS (writev), SCMP_SYS (lseek),
    SCMP_SYS (_llseek), SCMP_SYS (close), SCMP_SYS (fadvise64), SCMP_SYS (readahead), SCMP_SYS (recvmsg), SCMP_SYS (poll),
    SCMP_SYS (ppoll), SCMP_SYS (dup),
    /* looking at the file system; Landlock says where files may be opened */
    SCMP_SYS (stat), SCMP_SYS (fstat), SCMP_SYS (lstat), SCMP_SYS (newfstatat), SCMP_SYS (fstatat64), SCMP_SYS (statx),
    SCMP_SYS (fstatfs), SCMP_SYS (statfs), SCMP_SYS (access), SCMP_SYS (faccessat), SCMP_SYS (faccessat2), SCMP_SYS (readlink),
    SCMP_SYS (readlinkat), SCMP_SYS (getdents), SCMP_SYS (getdents64), SCMP_SYS (getcwd),
    /* time, chance, who and where we are */
    SCMP_SYS (clock_gettime), SCMP_SYS (clock_getres), SCMP_SYS (gettimeofday), SCMP_SYS (time), SCMP_SYS (times),
    SCMP_SYS (nanosleep), SCMP_SYS (clock_nanosleep), SCMP_SYS (getrandom), SCMP_SYS (getpid), SCMP_SYS (gettid),
    SCMP_SYS (getppid), SCMP_SYS (getuid), SCMP_SYS (geteuid), SCMP_SYS (getgid), SCMP_SYS (getegid), SCMP_SYS (getrusage),
    SCMP_SYS (getrlimit), SCMP_SYS (ugetrlimit), SCMP_SYS (sysinfo), SCMP_SYS (uname), SCMP_SYS (sched_getaffinity),
    SCMP_SYS (sched_yield), SCMP_SYS (getcpu),
    /* signals and locks within the process, its end */
    SCMP_SYS (rt_sigaction), SCMP_SYS (rt_sigprocmask), SCMP_SYS (rt_sigreturn), SCMP_SYS (sigaltstack), SCMP_SYS (futex),
    SCMP_SYS (set_robust_list), SCMP_SYS (rseq), SCMP_SYS (restart_syscall), SCMP_SYS (exit), SCMP_SYS (exit_group)
};

/* Calls that only an intruder makes. */
static const int deadly[] = {
    /* other programs, other processes, the kernel, the network */
    SCMP_SYS (execve),
    SCMP_SYS (execveat),
    SCMP_SYS (ptrace),
    SCMP_SYS (process_vm_readv),
    SCMP_SYS (process_vm_writev),
    SCMP_SYS (bpf),
    SCMP_SYS (io_uring_setup),
    SCMP_SYS (userfaultfd),
    SCMP_SYS (perf_event_open),
    SCMP_SYS (mount),
    SCMP_SYS (umount2),
    SCMP_SYS (pivot_root),
    SCMP_SYS (chroot),
    SCMP_SYS (unshare),
    SCMP_SYS (setns),
    SCMP_SYS (init_module),
    SCMP_SYS (finit_module),
    SCMP_SYS (kexec_load),
    SCMP_SYS (keyctl),
    SCMP_SYS (add_key),
    SCMP_SYS (request_key),
    SCMP_SYS (connect),
    SCMP_SYS (bind),
    SCMP_SYS (listen),
    SCMP_SYS (sendmsg),
    SCMP_SYS (sendmmsg)
};

/* Calls that libraries may try in good faith, to be refused as if for want of rights. */
static const int refused[] = {
    /* network, processes, files */
    SCMP_SYS (socket),  SCMP_SYS (clone),     SCMP_SYS (fork),         SCMP_SYS (vfork),
    SCMP_SYS (kill),    SCMP_SYS (creat),     SCMP_SYS (unlink),       SCMP_SYS (unlinkat),
    SCMP_SYS (rename),  SCMP_SYS (renameat),  SCMP_SYS (renameat2),    SCMP_SYS (mkdir),
    SCMP_SYS (mkdirat), SCMP_SYS (rmdir),     SCMP_SYS (link),         SCMP_SYS (linkat),
    SCMP_SYS (symlink), SCMP_SYS (symlinkat), SCMP_SYS (truncate),     SCMP_SYS (ftruncate),
    SCMP_SYS (chmod),   SCMP_SYS (fchmod),    SCMP_SYS (fchmodat),     SCMP_SYS (chown),
    SCMP_SYS (fchown),  SCMP_SYS (lchown),    SCMP_SYS (fchownat),     SCMP_SYS (utimensat),
    SCMP_SYS (mknod),   SCMP_SYS (mknodat),   SCMP_SYS (memfd_create), SCMP_SYS (sched_setaffinity)
};

/* 0, or the first error of seccomp. Calls that the architecture lacks are no error. */
static int
add_rules (scmp_filter_ctx filter)
{
    int result = 0;
#define ADD(...)                                                                                                                 \
    do {                                                                                                                         \
        int added = seccomp_rule_add (filter, __VA_ARGS__);                                                                      \
        if (added != 0 && added != -EDOM && result == 0)                                                                         \
            result = added;                                                                                                      \
    } while (0)

    for (guint i = 0; i < G_N_ELEMENTS (allowed); i++)
        ADD (SCMP_ACT_ALLOW, allowed[i], 0);
    for (guint i = 0; i < G_N_ELEMENTS (deadly); i++)
        ADD (SCMP_ACT_KILL_PROCESS, deadly[i], 0);
    for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
        ADD (SCMP_ACT_ERRNO (EACCES), refused[i], 0);

    /* Files are opened to be read. openat2 hides its flags behind a pointer: not on the list, thus ENOSYS. */
    const scmp_datum_t changing = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY);
    ADD (SCMP_ACT_ALLOW, SCMP_SYS (open), 1, SCMP_A1 (SCMP_CMP_MASKED_EQ, changing, O_RDONLY));
    ADD (SCMP_ACT_ALLOW, SCMP_SYS (openat), 1, SCMP_A2 (SCMP_CMP_MASKED_EQ, changing, O_RDONLY));
    const scmp_datum_t bits[] = { O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND, O_TMPFILE & ~O_DIRECTORY };
    for (guint i = 0; i < G_N_ELEMENTS (bits); i++) {
        ADD (SCMP_ACT_ERRNO (EACCES), SCMP_SYS (open), 1, SCMP_A1 (SCMP_CMP_MASKED_EQ, bits[i], bits[i]));
        ADD (SCMP_ACT_ERRNO (EACCES), SCMP_SYS (openat), 1, SCMP_A2 (SCMP_CMP_MASKED_EQ, bits[i], bits[i]));
    }

    /* No memory is written and run: code comes from files (iconv loads its tables so). */
    const int mapping[] = { SCMP_SYS (mmap), SCMP_SYS (mmap2), SCMP_SYS (mprotect) };
    for (guint i = 0; i < G_N_ELEMENTS (mapping); i++) {
        ADD (SCMP_ACT_ALLOW, mapping[i], 1, SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
        ADD (SCMP_ACT_ALLOW, mapping[i], 1, SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC | PROT_WRITE, PROT_EXEC));
        ADD (SCMP_ACT_ERRNO (EACCES), mapping[i], 1,
             SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC | PROT_WRITE, PROT_EXEC | PROT_WRITE));
    }

    /* abort() sends itself a signal; nobody else gets any. Ceilings are changed for oneself only. */
    ADD (SCMP_ACT_ALLOW, SCMP_SYS (tgkill), 1, SCMP_A0 (SCMP_CMP_EQ, getpid (), 0));
    ADD (SCMP_ACT_ALLOW, SCMP_SYS (prlimit64), 1, SCMP_A0 (SCMP_CMP_EQ, 0, 0));
    ADD (SCMP_ACT_ALLOW, SCMP_SYS (setrlimit), 0);

    /* Other commands of fcntl make the kernel send signals to a process of one's choice. */
    const int commands[] = { F_GETFD, F_SETFD, F_GETFL, F_DUPFD, F_DUPFD_CLOEXEC };
    for (guint i = 0; i < G_N_ELEMENTS (commands); i++) {
        ADD (SCMP_ACT_ALLOW, SCMP_SYS (fcntl), 1, SCMP_A1 (SCMP_CMP_EQ, commands[i], 0));
        ADD (SCMP_ACT_ALLOW, SCMP_SYS (fcntl64), 1, SCMP_A1 (SCMP_CMP_EQ, commands[i], 0));
    }

    /* "Are you a terminal?" asks stdio of every device. */
    ADD (SCMP_ACT_ALLOW, SCMP_SYS (ioctl), 1, SCMP_A1 (SCMP_CMP_EQ, TCGETS, 0));
    ADD (SCMP_ACT_ERRNO (ENOTTY), SCMP_SYS (ioctl), 1, SCMP_A1 (SCMP_CMP_NE, TCGETS, 0));
#undef ADD
    return result;
}

static int
close_seccomp (void)
{
    scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ERRNO (ENOSYS));
    if (filter == NULL)
        return -ENOMEM;
    int result = seccomp_attr_set (filter, SCMP_FLTATR_CTL_TSYNC, 1);
    seccomp_attr_set (filter, SCMP_FLTATR_API_SYSRAWRC, 1); /* tell the kernel's own error */
    if (result == 0)
        result = add_rules (filter);
    if (result == 0)
        result = seccomp_load (filter);
    seccomp_release (filter);
    return result;
}

gboolean
kh_sandbox_close (guint64 memory_bytes, const char *const *readable, GError **error)
{
    set_ceilings (memory_bytes);
    if (g_strcmp0 (g_getenv ("KEHOACH_NO_SANDBOX"), "1") == 0)
        return TRUE;
    int result = prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ? -errno : 0;
    if (result == 0) {
        close_landlock (readable);
        result = close_seccomp ();
    }
    if (result == 0)
        return TRUE;
    g_set_error (error, KH_ERROR, KH_ERROR_MODEL,
                 _ ("this system lets no worker shut itself in (seccomp: %s); KEHOACH_NO_SANDBOX=1 reads without protection"),
                 g_strerror (-result));
    return FALSE;
}
