/* Which lines a fork executed: the counters that GCC keeps for the unit's file, as its files have them.
 *
 * Functions that did not run are left out. Where this GCC cannot tell them, nothing is told. */
#include <sys/mman.h>

#define COUNTED (1 << 18)
#define ALIKE 4      /* forks with the same arcs are told so often: some may not count */
#define PATTERNS 512
#define HEADER (__GNUC__ >= 12 ? 16 : 12)
#define UNIT (__GNUC__ >= 12 ? 1 : 4)
#define FUNCTION 0x01000000U
#define REACHED (1 << 16)
#define SELDOM 3     /* forks and scanned inputs that take an arc: no more are looked for */

typedef struct Info { /* the beginning of GCC's own */
    unsigned version;
    struct Info *next;
} Info;
typedef void Named(const char *name, void *to);
typedef void Dumped(const void *data, unsigned size, void *to);
typedef void *Allocated(unsigned size, void *to);

extern struct { Info *list; } __gcov_root __attribute__((weak, visibility("hidden")));
extern void __gcov_reset(void) __attribute__((weak));
extern void __gcov_info_to_gcda(const Info *of, Named *, Dumped *, Allocated *, void *) __attribute__((weak));

static struct { /* with the fork */
    char name[600];
    size_t size;
    unsigned char data[COUNTED];
    unsigned char reached[REACHED]; /* how many took each arc, of all forks */
} *counts;
static const char *counted_folder;

static int can_count(void) { return counts && &__gcov_root && __gcov_reset && __gcov_info_to_gcda; }

static void prepare_counting(const char *folder) {
    void *shared = mmap(0, sizeof *counts, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    counted_folder = folder;
    if (folder && shared != MAP_FAILED) counts = shared;
}

/* --- in the fork -------------------------------------------------------------------------------- */

static int is_ours;
static unsigned char dumped[COUNTED];
static size_t dumped_size;

static void take_name(const char *name, void *to) {
    (void)to;
    size_t length = strlen(name);
    is_ours = !strncmp(name, counted_folder, strlen(counted_folder)) && length < sizeof counts->name;
    if (is_ours) memcpy(counts->name, name, length + 1);
}

static void take_data(const void *data, unsigned size, void *to) {
    (void)to;
    if (!is_ours) return;
    if (size > COUNTED - dumped_size) is_ours = 0;
    else {
        memcpy(dumped + dumped_size, data, size);
        dumped_size += size;
    }
}

static void *take_memory(unsigned size, void *to) {
    (void)to;
    return malloc(size);
}

/* Keeps the header and the functions with counters that are not all zero. */
static size_t shortened(unsigned char *to) {
    size_t size = HEADER, function = 0;
    unsigned words[2];
    if (dumped_size < HEADER) return 0;
    memcpy(to, dumped, HEADER);
    for (size_t at = HEADER; at + sizeof words <= dumped_size;) {
        memcpy(words, dumped + at, sizeof words);
        size_t length = (int)words[1] > 0 ? (size_t)words[1] * UNIT : 0;
        size_t end = at + sizeof words + length;
        if (end > dumped_size) break;
        if (words[0] == FUNCTION) function = at;
        else if (function && length) {
            memcpy(to + size, dumped + function, end - function);
            size += end - function;
            function = 0;
        }
        at = end;
    }
    return size > HEADER ? size : 0;
}

/* Whether an arc ran that has hardly ever run; of functions that `shortened` keeps. */
static int reaches(const unsigned char *data, size_t size) {
    unsigned words[3], function = 0;
    int found = 0;
    for (size_t at = HEADER; at + sizeof words <= size;) {
        memcpy(words, data + at, sizeof words);
        size_t length = (int)words[1] > 0 ? (size_t)words[1] * UNIT : 0;
        if (words[0] == FUNCTION) function = words[2];
        for (size_t i = 0; words[0] != FUNCTION && i + 8 <= length; i += 8) {
            unsigned long count;
            memcpy(&count, data + at + 8 + i, sizeof count);
            unsigned place = (function * 31 + (unsigned)i / 8) * 2654435761U >> 16;
            if (!count || counts->reached[place] == SELDOM) continue;
            counts->reached[place]++;
            found = 1;
        }
        at += 8 + length;
    }
    return found;
}

static void begin_counting(void) {
    if (can_count()) __gcov_reset();
}

static void end_counting(void) {
    if (!can_count()) return;
    for (const Info *info = __gcov_root.list; info && !counts->size; info = info->next) {
        dumped_size = 0;
        is_ours = 0;
        __gcov_info_to_gcda(info, take_name, take_data, take_memory, 0);
        if (is_ours) counts->size = shortened(counts->data);
    }
}

static int has_reached(void) { return can_count() && counts->size && reaches(counts->data, counts->size); }

/* --- in the test's process ------------------------------------------------------------------------ */

static void forget_counts(void) {
    if (counts) counts->size = 0;
}

/* Whether other arcs than those of former forks ran. */
static int is_new_pattern(void) {
    static struct { unsigned long hash; int times; } known[PATTERNS];
    unsigned long hash = 14695981039346656037UL;
    for (size_t i = 0; i + 8 <= counts->size; i += 4) {
        unsigned word;
        memcpy(&word, counts->data + i, sizeof word);
        hash = (hash ^ !word) * 1099511628211UL;
    }
    for (int i = 0; i < PATTERNS; i++) {
        if (known[i].times && known[i].hash != hash) continue;
        known[i].hash = hash;
        return known[i].times++ < ALIKE;
    }
    return 0;
}

/* The counters' file and what would be in it. */
static void say_counts(int call, int input, int who) {
    static const char digits[] = "0123456789abcdef";
    static char text[2 * COUNTED + 700];
    if (!counts || !counts->size || counts->size > COUNTED || !is_new_pattern()) return;
    size_t size = (size_t)snprintf(text, sizeof counts->name + 1, "%s\t", counts->name);
    for (size_t i = 0; i < counts->size; i++) {
        text[size++] = digits[counts->data[i] >> 4];
        text[size++] = digits[counts->data[i] & 15];
    }
    say(call, input, who, "counts", 0.0, text, size);
}
