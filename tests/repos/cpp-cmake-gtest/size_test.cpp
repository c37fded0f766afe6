#include "stack.h"

#include <gtest/gtest.h>

TEST(Size, StartsAtZero) {
    EXPECT_EQ(Stack<char>().size(), 0);
}
