/* One fork: what it wrote through its pipe, how it ended, and what it printed. */
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>

#include "shutting.c"

#define LARGEST (1 << 17)
#define PRINTED (1 << 14)
#define MEMORY (512UL << 20)
#define LITTLE (64UL << 20) /* for what is grown: a vast number is no size */
#define SCANNED 0.2 /* seconds that a fork which scans may take */
#define TOKEN 32
#define PATTERN(who) (0x11 + 0x52 * (who))

typedef struct {
    const char *how; /* ok, accident, same, undefined, outside, time, end or signal */
    double seconds; /* of the processor */
    size_t size;
    char text[LARGEST + 4 * PRINTED + 64];
} Outcome;

static int in_child, counts_lines, outcome_pipe, printed = -1, scratch = -1;
static char token[TOKEN + 1];
static char buffer[LARGEST];
static size_t used;
static double deadline, quick = 1.0; /* seconds of the processor for the original on what is grown */

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

#include "report.c"
#include "counted.c"
#include "scanning.c"
#include "touching.c"

/* --- in the fork -------------------------------------------------------------------------------- */

void codeaug_put(const char *text, unsigned long size) {
    if (size > LARGEST - used) size = LARGEST - used;
    memcpy(buffer + used, text, size);
    used += size;
}

unsigned long codeaug_written(void) { return used; }

/* Moves what was written between two places behind the rest. */
void codeaug_put_last(unsigned long from, unsigned long to) {
    static char moved[LARGEST];
    memcpy(moved, buffer + from, to - from);
    memmove(buffer + from, buffer + to, used - to);
    memcpy(buffer + used - (to - from), moved, to - from);
}

static void leave(char kind) {
    write_all(outcome_pipe, token, TOKEN);
    write_all(outcome_pipe, &kind, 1);
    write_all(outcome_pipe, buffer, used);
    write_all(outcome_pipe, token, TOKEN);
    _exit(0);
}

/* An exception leaves the unit that no `throw` of the project raised. */
static int by_accident;

void codeaug_accident(void) { by_accident = 1; }

int codeaug_scans(void) { return is_scanning; }

void codeaug_unchanged(void) {
    if (!is_scanning) leave('n');
}

static void undefined(void) {
    if (is_scanning) scanned->is_undefined = 1;
    else if (in_child) leave('u');
}

/* What the compiler calls where the language leaves open what happens. */
#define HANDLER(name) \
    __attribute__((visibility("hidden"))) void __ubsan_handle_##name(void) { undefined(); }
HANDLER(add_overflow)
HANDLER(sub_overflow)
HANDLER(mul_overflow)
HANDLER(negate_overflow)
HANDLER(divrem_overflow)
HANDLER(shift_out_of_bounds)
HANDLER(out_of_bounds)
HANDLER(float_cast_overflow)
HANDLER(load_invalid_value)
__attribute__((visibility("hidden"))) void __ubsan_handle_builtin_unreachable(void) {
    undefined();
    abort();
}
__attribute__((visibility("hidden"))) void __ubsan_handle_missing_return(void) {
    undefined();
    abort();
}

static void limit_memory(unsigned long more) {
    unsigned long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file || fscanf(file, "%lu", &pages) != 1) _exit(1);
    fclose(file);
    struct rlimit limit;
    getrlimit(RLIMIT_AS, &limit);
    limit.rlim_cur = pages * (unsigned long)getpagesize() + more;
    if (limit.rlim_cur < limit.rlim_max) setrlimit(RLIMIT_AS, &limit);
    limit.rlim_cur = limit.rlim_max = 0;
    setrlimit(RLIMIT_CORE, &limit);
}

/* Other rubbish in new memory, and new memory elsewhere. Nobody reads what only takes up room. */
static void disturb(int who) {
    static void *volatile taken;
    for (size_t size = 16; who && size <= 1024; size += 16) {
        for (int i = 0; i < 9; i++) taken = malloc(size);
    }
    for (size_t size = 2048; who && size <= 1 << 21; size *= 2) taken = malloc(size);
    mallopt(M_PERTURB, PATTERN(who));
}

static __attribute__((noinline)) void scribble(int who) {
    char rubbish[1 << 16];
    memset(rubbish, PATTERN(who), sizeof rubbish);
    __asm__ volatile("" : : "r"(rubbish) : "memory");
}

static int is_grown(const struct codeaug_input *input) {
    return input && (input->chance || input->changes[0] >= 0);
}

/* A grown number may be a vast count: whoever takes far longer than for what is recorded is stopped. */
static void limit_seconds(double most) {
    struct itimerval limit = {{0, 0}, {(time_t)most, (suseconds_t)((most - (double)(time_t)most) * 1e6)}};
    sigset_t stops;
    sigemptyset(&stops);
    sigaddset(&stops, SIGPROF);
    sigprocmask(SIG_UNBLOCK, &stops, 0);
    setitimer(ITIMER_PROF, &limit, 0);
}

static void become(codeaug_act act, void *given, const struct codeaug_input *input, int who) {
    in_child = 1;
    close(report);
    close(counter);
    int nothing = open("/dev/null", O_RDWR);
    if (nothing < 0 || dup2(nothing, 0) < 0 || dup2(is_scanning ? nothing : printed, 1) < 0 ||
        dup2(1, 2) < 0) {
        _exit(1);
    }
    for (int number = 1; number < 32; number++) {
        if (number != SIGKILL && number != SIGSTOP) signal(number, SIG_DFL);
    }
    signal(SIGSEGV, stumbled);
    signal(SIGBUS, stumbled);
    limit_memory(is_grown(input) ? LITTLE : MEMORY);
    if (is_grown(input) && (is_scanning || codeaug_active == CODEAUG_ORIGINAL)) limit_seconds(is_scanning ? SCANNED : quick);
    disturb(who);
    shut((unsigned)outcome_pipe, (unsigned)scratch);
    volatile char *shift = __builtin_alloca(64 + 1024 * (size_t)who);
    *shift = 0;
    scribble(who);
    if (counts_lines) begin_counting();
    if (is_scanning) scan(act, given);
    else act(given, input, who);
    fflush(NULL);
    if (counts_lines) {
        end_counting();
        has_reached(); /* these arcs are no news to the scan */
    }
    leave(by_accident ? 'a' : 'o');
}

/* Stands before the function that raises what a `throw` of the project names; see `wrapped`. */
void *codeaug_raised;
typedef void Destroy(void *);
extern void __real___cxa_throw(void *what, void *type, Destroy *destroy) __attribute__((weak, noreturn));

__attribute__((visibility("hidden"), noreturn)) void __wrap___cxa_throw(void *what, void *type,
                                                                        Destroy *destroy) {
    codeaug_raised = what;
    __real___cxa_throw(what, type, destroy);
}

/* --- in the test's process ------------------------------------------------------------------------ */

static void put_printed(Outcome *to) {
    static char bytes[PRINTED];
    ssize_t size = pread(printed, bytes, sizeof bytes, 0);
    if (size <= 0) return;
    long all = (long)lseek(printed, 0, SEEK_END);
    to->size += (size_t)sprintf(to->text + to->size, "\t=(output)\t\"");
    for (ssize_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)bytes[i];
        int plain = c >= ' ' && c < 127 && c != '"' && c != '\\';
        to->size += (size_t)sprintf(to->text + to->size, plain ? "%c" : "\\%03o", c);
    }
    to->size += (size_t)sprintf(to->text + to->size, "\"");
    if (all > size) to->size += (size_t)sprintf(to->text + to->size, "\t...%ld", all);
}

/* Strips the token from both ends; 0 when it is not there. */
static char stripped(Outcome *to) {
    if (to->size < 2 * TOKEN + 1 || memcmp(to->text, token, TOKEN)) return 0;
    if (memcmp(to->text + to->size - TOKEN, token, TOKEN)) return 0;
    char kind = to->text[TOKEN];
    to->size -= 2 * TOKEN + 1;
    memmove(to->text, to->text + TOKEN + 1, to->size);
    return kind;
}

static int collect(int from, Outcome *to, double patience) {
    double until = now() + patience;
    to->size = 0;
    for (;;) {
        struct pollfd waiting = {from, POLLIN, 0};
        double left = until - now();
        int ready = left > 0 ? poll(&waiting, 1, (int)(left * 1000) + 1) : 0;
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) return 0;
        size_t room = LARGEST + 4 * TOKEN - to->size;
        ssize_t size = room ? read(from, to->text + to->size, room) : 0;
        if (size < 0 && errno == EINTR) continue;
        if (size <= 0) return 1;
        to->size += (size_t)size;
    }
}

static void new_token(void) {
    unsigned char bytes[TOKEN / 2] = {0};
    if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes) abort();
    for (int i = 0; i < TOKEN / 2; i++) sprintf(token + 2 * i, "%02x", bytes[i]);
}

static double seconds_of(struct timeval time) {
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static void forked(Outcome *to, codeaug_act act, void *given, const struct codeaug_input *input, int who,
                   double patience) {
    int ends[2], status = 0;
    to->how = "end";
    to->seconds = 0;
    to->size = 0;
    to->text[0] = 0;
    new_token();
    forget_counts();
    if (ftruncate(printed, 0) || lseek(printed, 0, SEEK_SET) || pipe2(ends, O_CLOEXEC)) return;
    used = 0;
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        outcome_pipe = ends[1];
        become(act, given, input, who);
    }
    close(ends[1]);
    int ended = child > 0 && collect(ends[0], to, patience);
    close(ends[0]);
    if (child < 0) return;
    char kind = ended ? stripped(to) : 0;
    if (!kind) {
        to->size = 0;
        if (ended) usleep(2000); /* a pipe is closed before its process is gone */
        else kill(child, SIGKILL);
    }
    struct rusage usage;
    if (wait4(child, &status, ended && kind ? 0 : WNOHANG, &usage) == 0) {
        kill(child, SIGKILL);
        int late = 0;
        wait4(child, &late, 0, &usage);
        status = WIFSIGNALED(late) && WTERMSIG(late) != SIGKILL ? late : 0;
    }
    to->seconds = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
    int number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    if (!ended) to->seconds = patience;
    if (!ended || number == SIGPROF) to->how = "time";
    else if (kind == 'o') to->how = "ok";
    else if (kind == 'a') to->how = "accident";
    else if (kind == 'n') to->how = "same";
    else if (kind == 'u') to->how = "undefined";
    else if (number == SIGSYS) to->how = "outside";
    else if (number) to->how = "signal";
    if (kind == 'o' || kind == 'a') put_printed(to);
    to->text[to->size] = 0;
}
