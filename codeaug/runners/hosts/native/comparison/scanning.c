/* Many inputs in one fork, without one for each text: only where to look closer comes out of it.
 *
 * What is said there decides nothing: an input is judged in forks of its own, as all others are. */
#define BATCH 200 /* inputs of one fork: what they take of memory is not given back */

static struct codeaug_input wild(unsigned long hash, int number);

/* With the fork: the input that it is at, and which text. */
static struct {
    int at, is_variant, is_undefined, is_reaching;
} *scanned;
static int is_scanning, scan_from, scan_to, variant;
static unsigned long scan_hash;

static void prepare_scanning(void) {
    void *shared = mmap(0, sizeof *scanned, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared != MAP_FAILED) scanned = shared;
}

/* --- in the fork -------------------------------------------------------------------------------- */

/* Whether two lists of words are the same but for addresses. */
static int are_alike(const char *one, size_t size, const char *other, size_t other_size) {
    size_t i = 0, k = 0;
    while (i < size && k < other_size && one[i] == other[k]) {
        int is_address = one[i] == '&' && i && one[i - 1] == '\t';
        while (is_address && i + 1 < size && one[i + 1] != '\t') i++;
        while (is_address && k + 1 < other_size && other[k + 1] != '\t') k++;
        i++, k++;
    }
    return i == size && k == other_size;
}

/* What a text says of an input is written behind what stands in the buffer. */
static void scan_one(codeaug_act act, void *given, const struct codeaug_input *input, int is_variant) {
    scanned->is_variant = is_variant;
    scanned->is_undefined = 0;
    codeaug_active = is_variant ? variant : CODEAUG_ORIGINAL;
    act(given, input, 2);
}

/* Until an input on which the texts differ, or only the variant does what is undefined; or the variant
 * goes where hardly any input has been. */
static void scan(codeaug_act act, void *given) {
    for (scanned->at = scan_from; scanned->at < scan_to; scanned->at++) {
        struct codeaug_input input = wild(scan_hash, scanned->at);
        used = 0;
        scan_one(act, given, &input, 0);
        if (scanned->is_undefined) continue;
        size_t known = used;
        begin_counting();
        scan_one(act, given, &input, 1);
        if (scanned->is_undefined || !are_alike(buffer, known, buffer + known, used - known)) return;
        forget_counts();
        end_counting();
        if ((scanned->is_reaching = has_reached())) return;
    }
}

/* --- in the test's process ------------------------------------------------------------------------ */

static void begin_scanning(unsigned long hash, int from, int to) {
    memset(scanned, 0, sizeof *scanned);
    scan_hash = hash;
    scan_from = from;
    scan_to = to;
    is_scanning = 1;
    counts_lines = 0;
}

/* The number of the input at which it ended; whatever a text wrote there. */
static int end_scanning(void) {
    is_scanning = 0;
    return scanned->at;
}
