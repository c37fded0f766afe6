/* From here on the system gives a process memory, and takes its output, and no more. */
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#define CALL(name) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##name, 0, 1), ALLOW
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define KILL BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS)
#define LOAD(part) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, part))
#define IS(name, skip) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##name, (skip), 0)
#define FIRST_IS(value) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, 1), ALLOW

/* A unit that asks the system for more than memory and output cannot be compared. */
static void shut(unsigned outcome, unsigned scratch) {
    unsigned self = (unsigned)getpid();
    struct sock_filter filter[] = {
        LOAD(nr),
        CALL(brk), CALL(mmap), CALL(munmap), CALL(mremap), CALL(mprotect), CALL(madvise),
        CALL(futex), CALL(rt_sigprocmask), CALL(rt_sigaction), CALL(rt_sigreturn),
        CALL(sigaltstack), CALL(exit), CALL(exit_group), CALL(getpid), CALL(gettid), CALL(close),
        IS(write, 7), IS(writev, 6), IS(pwrite64, 5), IS(pread64, 4), IS(newfstatat, 3), IS(fstat, 2),
        IS(tgkill, 11),
        KILL,
        LOAD(args[0]),
        FIRST_IS(1), FIRST_IS(2), FIRST_IS(outcome), FIRST_IS(scratch),
        KILL,
        LOAD(args[0]), FIRST_IS(self),
        KILL,
    };
    struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)) {
        _exit(1);
    }
}
