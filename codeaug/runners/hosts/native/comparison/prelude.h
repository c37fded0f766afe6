/* What the probe of every unit includes first: see `resident/prelude.py`. */
#ifndef CODEAUG_PRELUDE_H
#define CODEAUG_PRELUDE_H

namespace codeaug {

/* The constants of a unit's texts; its own header defines them. */
namespace {
extern const long long integers[];
extern const int integer_count;
extern const double reals[];
extern const int real_count;
extern const char *const strings[];
extern const int string_count;
extern const char letters[];
}

}

#include "acting.h"

#endif
