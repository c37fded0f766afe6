/* Which text of a schema is active: read before anything of the program runs, in each module of it. */
#include <stdlib.h>

__attribute__((visibility("hidden"))) int codeaug_active;

__attribute__((constructor(101))) static void codeaug_activate(void) {
    const char *number = getenv("CODEAUG_ACTIVE");
    codeaug_active = number ? atoi(number) : 0;
}
