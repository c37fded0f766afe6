/* Calls of a unit, looked at in forks of the test's process: each text, each input in its own. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../resident/active.c"
#include "probe.h"
#include "forking.c"

#define ORIGINAL -1 /* the unchanged block that no test has run */
#define CALLS 16    /* distinct calls of a process */
#define FIRST 8     /* every call so far is looked at; then one in ever longer steps */
#define GROWN 36    /* inputs grown from one call */
#define ALL_GROWN 200
#define PAIRS 8     /* of them, with two arguments changed */
#define SLOW 0.3    /* seconds that the original may take for all that is grown from one call */
#define HANGS 3     /* inputs on which the original may not end */
#define ENOUGH 400  /* inputs of all processes of a test */
#define PARAMETERS 16

typedef struct { int changes[4]; } Input;

static int variant, calls, grown, hangs;
static unsigned long seen, next = 1;
static unsigned long known[CALLS];
static const Input as_recorded = {{-1, -1, -1, -1}};

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

static int planned(const int *counts, int parameters, Input *inputs, int most) {
    int found = 0, more = 1;
    for (int which = 0; more && found < most - PAIRS; which++) {
        more = 0;
        for (int at = 0; at < parameters && found < most - PAIRS; at++) {
            if (which >= counts[at]) continue;
            inputs[found++] = (Input){{at, which, -1, -1}};
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

/* Original, the same with other rubbish in memory, variant; once more where that differs. */
static double judge(codeaug_act act, void *given, int number, const Input *input) {
    static Outcome first, other;
    codeaug_active = ORIGINAL;
    forked(&first, act, given, input->changes, 0, 1.0);
    say(calls, number, 0, first.how, first.seconds, first.text, first.size);
    codeaug_active = 0;
    hangs += !strcmp(first.how, "time");
    if (strcmp(first.how, "ok")) return first.seconds;
    double patience = 2.0 + 20 * first.seconds;
    const char *result = strstr(first.text, "\t=\t"); /* behind the arguments */
    codeaug_active = ORIGINAL;
    forked(&other, act, given, input->changes, 1, patience);
    codeaug_active = 0;
    say(calls, number, 1, other.how, other.seconds, other.text, other.size);
    for (int who = 2; who < 4; who++) {
        codeaug_active = variant;
        forked(&other, act, given, input->changes, who, patience);
        codeaug_active = 0;
        say(calls, number, who, other.how, other.seconds, other.text, other.size);
        if (result && !strcmp(result, other.text)) break;
        if (!strcmp(other.how, "time") && who == 3) quit_probing("hangs");
    }
    return first.seconds;
}

void codeaug_probe(codeaug_act act, void *given) {
    static Outcome described;
    static Input inputs[GROWN];
    int counts[PARAMETERS];
    if (is_threaded()) {
        quit_probing("threads");
        return;
    }
    fflush(NULL);
    forked(&described, act, given, 0, 0, 1.0);
    if (strcmp(described.how, "ok")) {
        say(0, 0, 0, "unreadable", 0.0, described.how, strlen(described.how));
        return;
    }
    if (!is_new(hashed(described.text, described.size))) return;
    double seconds = judge(act, given, 0, &as_recorded);
    int most = ALL_GROWN - grown < GROWN ? ALL_GROWN - grown : GROWN;
    if (seconds * most > SLOW) most = (int)(SLOW / seconds);
    int found = planned(counts, counts_of(described.text, counts), inputs, most);
    for (int i = 0; i < found && report >= 0 && hangs < HANGS; i++) {
        if (now() > deadline) quit_probing("late");
        else judge(act, given, i + 1, &inputs[i]);
    }
    grown += found;
    if (counted(found + 1) >= ENOUGH) report = -1;
}

__attribute__((constructor(102))) static void codeaug_prepare(void) {
    const char *to = getenv("CODEAUG_PROBE"), *number = getenv("CODEAUG_VARIANT");
    const char *word = getenv("CODEAUG_WORD"), *until = getenv("CODEAUG_UNTIL");
    if (!to || !number || !word || !until) return;
    variant = atoi(number);
    deadline = atof(until);
    open_report(to, word);
    if (report >= 0 && counted(0) >= ENOUGH) report = -1;
}
