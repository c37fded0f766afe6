#include "tree.h"

#include <sstream>

using namespace tree;

int main() {
    Node root{"", Value(), {}};
    root.children.push_back(std::make_unique<Node>(Node{"etc", Value(true), {}}));
    root.children.push_back(std::make_unique<Node>(Node{"usr", Value(), {}}));
    std::istringstream in("pen,");
    Pool pool;
    bool good = describe(Value(true)) == "true" && child(root, "usr") == root.children[1].get();
    good = good && is_less("9", "10") && word(in) == "pen" && pool.acquire(8)->bytes.size() == 8;
    return good ? 0 : 1;
}
