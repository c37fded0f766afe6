/* Calls of a unit, looked at in forks of the test's process: each text, each input in its own. */
#define _GNU_SOURCE
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../resident/active.c"
#include "probe.h"
#include "forking.c"
#include "donors.c"

#define CALLS 16    /* distinct calls of a process */
#define FIRST 8     /* every call so far is looked at; then one in ever longer steps */
#define LEAST 24    /* inputs grown from one call; the first calls have more */
#define GROWN 300
#define PAIRS 8     /* of them, with two arguments changed */
#define IDLE 8      /* wild inputs in a row that are none: nothing can be changed */
#define SLOW 0.6    /* seconds that the original may take for all that is grown from one call */
#define SOME 100    /* inputs that will do where time runs short */
#define QUICK 0.05  /* seconds that the original may take for one that is grown, and what it takes for ten recorded ones */
#define WASTED 1.0  /* seconds for those on which it takes longer */
#define FEW 3       /* of them; from then on numbers are not vast */
#define LONG 1.5    /* seconds for all that is grown from one call, whatever the recorded one takes */
#define PARAMETERS 16
#define SCANS 12    /* inputs that are scanned for one that is grown */
#define SCANNING 48 /* forks that scan: a text may end them */
#define JUDGED 20   /* scanned inputs of a call on which the texts may differ, and as many that go where hardly any did */
#define BRIEF 0.4   /* seconds that a process may scan */
#define TARDY 2e-4  /* seconds of one scanned input from which on hardly any number is vast */
#define BEGUN 2e-3  /* seconds of a fork before that */

typedef struct codeaug_input Input;

static int calls, most_inputs, left, grown, tried, slow, hung, is_tardy;
static double enough; /* until when inputs are grown, a third of the time that is left from each call */
static double until, wasted, spent; /* of this call; seconds of the original */
static unsigned long seen, next = 1;
static unsigned long known[CALLS];
static int turns[PARAMETERS]; /* values of each parameter that were tried */
static const Input as_recorded = {{-1, -1, -1, -1}, 0, 0, 0, 0};
static const Input as_grown = {{-1, -1, -1, -1}, 1, 0, 0, 0};

static void quit_probing(const char *why) {
    say(0, 0, 0, why, 0.0, "", 0);
    report = -1;
}

int codeaug_due(void) {
    if (report < 0 || in_child || calls >= CALLS || ++seen < next) return 0;
    next = seen < FIRST ? seen + 1 : seen + 1 + seen / 3;
    return 1;
}

static unsigned long hashed(const char *text, size_t size) {
    unsigned long hash = 14695981039346656037UL;
    for (size_t i = 0; i < size; i++) hash = (hash ^ (unsigned char)text[i]) * 1099511628211UL;
    return hash;
}

static int is_new(unsigned long hash) {
    for (int i = 0; i < calls; i++) {
        if (known[i] == hash) return 0;
    }
    known[calls++] = hash;
    return 1;
}

/* The numbers of other values of each parameter stand before the first tab. */
static int counts_of(char *text, int *counts) {
    int found = 0;
    for (char *at = text; *at && *at != '\t' && found < PARAMETERS;) {
        counts[found++] = (int)strtol(at, &at, 10);
        while (*at == ' ') at++;
    }
    return found;
}

/* Inputs with one argument changed, the parameters in turn; some with two. */
static int planned(const int *counts, int parameters, Input *inputs, int most) {
    int found = 0, more = 1;
    for (int round = 0; more && found < most - PAIRS; round++) {
        more = 0;
        for (int at = 0; at < parameters && found < most - PAIRS; at++) {
            if (round >= counts[at]) continue;
            inputs[found++] = (Input){{at, turns[at]++ % counts[at], -1, -1}, 0, 0, 0, 0};
            more = 1;
        }
    }
    unsigned long chance = 12345;
    for (int tries = 0, singles = found; tries < PAIRS && singles > 1; tries++) {
        chance = chance * 6364136223846793005UL + 1442695040888963407UL;
        Input one = inputs[(chance >> 33) % singles], other = inputs[(chance >> 13) % singles];
        if (one.changes[0] != other.changes[0]) {
            one.changes[2] = other.changes[0];
            one.changes[3] = other.changes[1];
            inputs[found++] = one;
        }
    }
    return found;
}

/* Inputs with much changed, some behind other calls of the unit, some with one more. */
static Input wild(unsigned long hash, int number) {
    Input made = as_recorded;
    made.chance = (unsigned)(hash >> 7) + 7919U * (unsigned)number + 1;
    if (!made.chance) made.chance = 1;
    made.modest = slow >= FEW || (is_tardy && number % 8);
    if (number % 3 == 2) made.before = 1 + number / 3 % 6;
    if (number % 5 == 3) made.again = 1;
    return made;
}

static int is_done(const Outcome *outcome) {
    return !strcmp(outcome->how, "ok") || !strcmp(outcome->how, "accident");
}

static void run(Outcome *to, codeaug_act act, void *given, const Input *input, int number, int who,
                int active, double patience) {
    codeaug_active = active;
    counts_lines = who == 2;
    forked(to, act, given, input, who, patience);
    codeaug_active = 0;
    if (strcmp(to->how, "same")) say(calls, number, who, to->how, to->seconds, to->text, to->size);
    if (counts_lines && is_done(to)) say_counts(calls, number, who);
}

/* Original, the same with other rubbish in memory, variant; once more where that differs. Where a
 * grown input's first two say the same word for word, the original is not asked again. */
static const Outcome *judge(codeaug_act act, void *given, int number, const Input *input) {
    static Outcome first, other;
    run(&first, act, given, input, number, 0, CODEAUG_ORIGINAL, 1.0);
    spent += first.seconds;
    if (!strcmp(first.how, "time")) wasted += first.seconds, slow++;
    if (!is_done(&first)) return &first;
    double patience = 2.0 + 20 * first.seconds;
    const char *result = strstr(first.text, "\t=\t"); /* behind the arguments */
    if (!number) run(&other, act, given, input, number, 1, CODEAUG_ORIGINAL, patience);
    for (int who = 2; who < 4; who++) {
        run(&other, act, given, input, number, who, variant, patience);
        if (result && !strcmp(result, other.text)) break;
        if (!strcmp(other.how, "time") && who == 3) {
            slow += FEW; /* most likely a vast number, which tells nothing */
            if (hung++ || !number) quit_probing("hangs");
        }
        if (number && who == 2) run(&other, act, given, input, number, 1, CODEAUG_ORIGINAL, patience);
    }
    return &first;
}

static int may_go_on(void) {
    if (report >= 0 && now() > deadline) quit_probing("late");
    const double time = now();
    if (tried++ >= SOME && (time > enough || (grown++ >= LEAST && time > until))) return 0;
    return report >= 0 && wasted < WASTED && spent < LONG;
}

/* Far more inputs; those on which the texts seem to differ are judged. */
static void look_further(codeaug_act act, void *given, unsigned long hash, int planned, int from, int to) {
    static Outcome ended;
    static double seconds;
    int judged = 0, reaching = 0;
    for (int forks = 0; from < to && forks < SCANNING && judged < JUDGED && reaching < JUDGED; forks++) {
        if (!scanned || seconds > BRIEF || !may_go_on()) break;
        int end = from + BATCH < to ? from + BATCH : to;
        begin_scanning(hash, from, end);
        forked(&ended, act, given, &as_grown, 2, 2.0);
        int at = end_scanning();
        seconds += ended.seconds;
        if (at < from || at > end) break;
        Input input = wild(hash, at);
        is_tardy = is_tardy || ended.seconds > BEGUN + TARDY * (at - from + 1);
        from = at < end ? at + 1 : end;
        if (at == end || !scanned->is_variant) continue; /* none, or the unchanged text ended it */
        judge(act, given, planned + at + 1, &input);
        if (scanned->is_reaching) reaching++;
        else judged++;
    }
    is_tardy = 0;
}

static void grow(codeaug_act act, void *given, unsigned long hash, const int *counts, int parameters,
                 int most, int is_apart) {
    static Input inputs[GROWN];
    int found = planned(counts, parameters, inputs, most / 3), idle = 0, next = most - found;
    for (int i = 0; i < found && may_go_on(); i++) judge(act, given, i + 1, &inputs[i]);
    for (int i = found; i < most && idle < IDLE && may_go_on(); i++) {
        if (is_apart && i == found + IDLE) look_further(act, given, hash, found, next, next + SCANS * most);
        Input input = wild(hash, i - found);
        idle = strcmp(judge(act, given, i + 1, &input)->how, "same") ? 0 : idle + 1;
    }
}

static int is_threaded(void) {
    DIR *tasks = opendir("/proc/self/task");
    int count = 0;
    if (!tasks) return 1;
    while (readdir(tasks)) count++;
    closedir(tasks);
    return count > 3;
}

void codeaug_probe(codeaug_act act, void *given, int is_apart) {
    static Outcome described;
    int counts[PARAMETERS];
    if (is_threaded()) {
        quit_probing("threads");
        return;
    }
    fflush(NULL);
    forked(&described, act, given, 0, 0, 1.0);
    if (!is_done(&described)) {
        say(0, 0, 0, "unreadable", 0.0, described.how, strlen(described.how));
        return;
    }
    unsigned long hash = hashed(described.text, described.size);
    if (!is_new(hash)) return;
    give(described.text);
    double seconds = judge(act, given, 0, &as_recorded)->seconds;
    quick = QUICK + 10 * seconds;
    spent = grown = 0;
    until = now() + (enough - now()) / 3;
    int most = left / 3 > LEAST ? left / 3 : LEAST < left ? LEAST : left;
    if (most > GROWN) most = GROWN;
    if (seconds * most > SLOW) most = (int)(SLOW / seconds);
    int parameters = counts_of(described.text, counts);
    grow(act, given, hash, counts, parameters, most, is_apart);
    left -= most;
    if (counted(most + 1) >= most_inputs) report = -1;
}

__attribute__((constructor(102))) static void codeaug_prepare(void) {
    const char *to = getenv("CODEAUG_PROBE"), *number = getenv("CODEAUG_VARIANT");
    const char *word = getenv("CODEAUG_WORD"), *until = getenv("CODEAUG_UNTIL");
    const char *most = getenv("CODEAUG_MOST");
    if (!to || !number || !word || !until || !most) return;
    variant = atoi(number);
    deadline = atof(until);
    enough = now() + (deadline - now()) * 2 / 3;
    left = most_inputs = atoi(most);
    prepare_scanning();
    prepare_counting(getenv("CODEAUG_COUNTED"));
    open_report(to, word);
    if (report >= 0 && counted(0) >= most_inputs) report = -1;
}
