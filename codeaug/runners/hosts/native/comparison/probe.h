/* What the unchanged unit says at a call of it: see `probe.c`. */
#ifndef CODEAUG_PROBE_H
#define CODEAUG_PROBE_H

#define CODEAUG_ORIGINAL -1 /* the unchanged block that no test has run */

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(hidden)

/* How an input differs from a recorded one: two pairs of a parameter and a number of another value
 * for it, -1 for none; `chance` other than 0 for changes of any kind, `modest`: to no number that is
 * vast; calls before and after. */
struct codeaug_input {
    int changes[4];
    unsigned chance;
    int before, again, modest;
};

/* Describes the arguments when `input` is null; else calls the unit. `who`: 0 says the arguments. */
typedef void (*codeaug_act)(void *given, const struct codeaug_input *input, int who);

extern int codeaug_active;
extern void *codeaug_raised;
int codeaug_due(void);
void codeaug_probe(codeaug_act act, void *given, int is_apart);
void codeaug_put(const char *text, unsigned long size);
unsigned long codeaug_written(void);
void codeaug_put_last(unsigned long from, unsigned long to);
void codeaug_accident(void);
int codeaug_scans(void);
void codeaug_unchanged(void);
int codeaug_can_read(const void *place, unsigned long size);
int codeaug_can_write(void *place, unsigned long size);
int codeaug_stumbles(void (*act)(void *given), void *given);
long long codeaug_donor_number(unsigned long long which);
const char *codeaug_donor_text(unsigned long long which, unsigned long *size);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
