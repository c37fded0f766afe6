/* In the fork: memory that may not be there, or is read-only. */

int codeaug_can_read(const void *place, unsigned long size) {
    const char *at = (const char *)place;
    if ((unsigned long)at + size < (unsigned long)at) return 0;
    return pwrite(scratch, at, 1, 0) == 1 && (size < 2 || pwrite(scratch, at + size - 1, 1, 0) == 1);
}

/* The same byte there once more: what is read-only stays as it is. */
static int can_write(char *at) { return pwrite(scratch, at, 1, 0) == 1 && pread(scratch, at, 1, 0) == 1; }

int codeaug_can_write(void *place, unsigned long size) {
    char *at = (char *)place;
    return size && (unsigned long)at + size > (unsigned long)at && can_write(at) && can_write(at + size - 1);
}

/* What is no object after all may crash whoever reads it: it is left unread then. */
static sigjmp_buf *fence;

static void stumbled(int number) {
    if (fence) siglongjmp(*fence, 1);
    signal(number, SIG_DFL);
}

int codeaug_stumbles(void (*act)(void *given), void *given) {
    sigjmp_buf here, *before = fence;
    fence = &here;
    int stumbles = sigsetjmp(here, 1);
    if (!stumbles) act(given);
    fence = before;
    return stumbles;
}
