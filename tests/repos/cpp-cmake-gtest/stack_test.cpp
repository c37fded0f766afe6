#include "stack.h"

#include <gtest/gtest.h>

TEST(Push, MakesRoom) {
    Stack<int> stack;
    stack.push(1);
}

TEST(Pop, GivesTheLast) {
    Stack<int> stack;
    stack.push(1);
    stack.push(2);
    EXPECT_EQ(stack.pop(), 2);
}

TEST(Pop, ComplainsWhenEmpty) {
    Stack<int> stack;
    EXPECT_THROW(stack.pop(), std::out_of_range);
}

TEST(Pop, DISABLED_IsFast) {
    FAIL();
}
