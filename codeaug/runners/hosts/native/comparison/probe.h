/* What the unchanged unit says at a call of it: see `probe.c`. */
#ifndef CODEAUG_PROBE_H
#define CODEAUG_PROBE_H

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(hidden)

/* Describes the arguments when `changes` is null; else calls the unit with these changes, two pairs
 * of a parameter and a number of another value for it, -1 for none. `who`: 0 says the arguments. */
typedef void (*codeaug_act)(void *given, const int *changes, int who);

extern int codeaug_active;
int codeaug_due(void);
void codeaug_probe(codeaug_act act, void *given);
void codeaug_put(const char *text, unsigned long size);
int codeaug_can_read(const void *place, unsigned long size);
int codeaug_stumbles(void (*act)(void *given), void *given);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
#endif
