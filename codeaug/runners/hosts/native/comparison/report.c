/* The report: one line of ours after another, in a file that no fork holds. */
static int report = -1, counter = -1;
static char word[80];

static int write_all(int to, const char *data, size_t size) {
    while (size) {
        ssize_t done = write(to, data, size);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return 0;
        data += done;
        size -= (size_t)done;
    }
    return 1;
}

static void say(int call, int input, int who, const char *how, double seconds, const char *text,
                size_t size) {
    char head[200];
    if (report < 0) return;
    int length = snprintf(head, sizeof head, "%s %d %p %d %d %d %s %.6f ", word, (int)getpid(),
                          (void *)&report, call, input, who, how, seconds);
    if (!write_all(report, head, (size_t)length) || !write_all(report, "\t", *text != '\t') ||
        !write_all(report, text, size) ||
        !write_all(report, "\n", 1)) {
        report = -1;
    }
}

static int unnamed_file(const char *beside) {
    char name[600];
    snprintf(name, sizeof name, "%s.XXXXXX", beside);
    int file = mkostemp(name, O_CLOEXEC);
    if (file >= 0) unlink(name);
    return file;
}

static void open_report(const char *to, const char *nonce) {
    snprintf(word, sizeof word, "%s", nonce);
    printed = unnamed_file(to);
    scratch = unnamed_file(to);
    char name[600];
    snprintf(name, sizeof name, "%s.count", to);
    counter = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (printed >= 0 && scratch >= 0 && counter >= 0) report = open(to, O_WRONLY | O_APPEND | O_CLOEXEC);
}

/* How many inputs all processes have tried. */
static long counted(int more) {
    long all = 0;
    if (pread(counter, &all, sizeof all, 0) != sizeof all) all = 0;
    all += more;
    if (more && pwrite(counter, &all, sizeof all, 0) != sizeof all) report = -1;
    return all;
}
