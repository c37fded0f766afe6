#include "bytes.h"
#include "check.h"

using namespace shop;

namespace {

void reads_numbers() {
    CHECK(u16({1, 2, 3}, 1) == 0x0302);
    CHECK(u16({0xFF, 0}, 0) == 255);
    CHECK(!u16({1}, 0));
    CHECK(signed24({0, 1, 0}) == 256);
    CHECK(signed24({0x80, 0, 0}) == -8388608);
    CHECK(signed24({0xFF, 0xFF, 0xFE}) == -2);
    CHECK(signed24({1}) == 0);
}

void writes_varints() {
    CHECK((varint(5) == Octets{5}));
    CHECK((varint(0) == Octets{0}));
    CHECK((varint(300) == Octets{0xAC, 0x02}));
}

void checks_sums() {
    CHECK(crc8({}) == 0);
    CHECK(crc8({'1', '2', '3', '4', '5', '6', '7', '8', '9'}) == 0xF4);
}

void counts_runs() {
    CHECK(run_lengths("aaab") == "a3b1");
    CHECK(run_lengths("bbbbbbbbbbbb") == "b9b3");
    CHECK(run_lengths("") == "");
}

void encodes() {
    CHECK(base64("pencil") == "cGVuY2ls");
    CHECK(base64("pe") == "cGU=");
    CHECK(base64("p") == "cA==");
    CHECK(base64("") == "");
}

void goes_round() {
    Ring ring;
    CHECK(!ring.pop());
    for (int i = 1; i <= 4; ++i) {
        CHECK(!ring.push(i));
    }
    CHECK(ring.push(5) == 1);
    CHECK((ring.values() == std::vector<int>{2, 3, 4, 5}));
    CHECK(ring.pop() == 2);
    CHECK(ring.size() == 3);
    for (int i = 0; i < 3; ++i) {
        ring.pop();
    }
    CHECK(ring.values().empty());
}

void caches() {
    Cache cache(2);
    cache.put(1, "a");
    cache.put(2, "b");
    CHECK(cache.get(1) == "a");
    cache.put(3, "c");
    CHECK((cache.keys() == std::vector<int>{3, 1}));
    CHECK(!cache.get(2));
    cache.put(1, "d");
    CHECK((cache.keys() == std::vector<int>{1, 3}));
}

void releases_handles() {
    Device device({});
    {
        Handle handle(device);
        handle.reset();
    }
    CHECK(device.acquired() == 1);
    CHECK(device.released() == 1);
}

void moves_handles() {
    Device one({});
    Device two({});
    {
        Handle handle(one);
        handle = Handle(two);
        CHECK(handle.device() == &two);
    }
    CHECK(two.released() == 1);
    CHECK(one.released() == 1);
}

void detaches_handles() {
    Device device({});
    Handle handle(device);
    CHECK(handle.detach() == &device);
    CHECK(handle.device() == nullptr);
    CHECK(device.released() == 0);
}

void copies_lines() {
    Device from({"pen", "ink"});
    Device to({"cup"});
    CHECK(copy_lines(from, to) == 2);
    CHECK(to.lines().size() == 3);
    CHECK(from.released() == 1);
    CHECK(to.released() == 1);
    Device broken({"pen", "!"});
    CHECK_THROWS(std::runtime_error, copy_lines(broken, to));
    CHECK(broken.released() == 1);
}

void adds_sizes() {
    Device device({"pen", "pencil"});
    CHECK(total_size(device) == 9);
    CHECK(device.released() == 1);
    Device broken({"pen", "!"});
    CHECK(total_size(broken) == -1);
    CHECK(broken.released() == 1);
}

void finds_lines() {
    Device device({"pencil", "ink", "inkwell"});
    CHECK(first_with(device, "ink") == "ink");
    CHECK(first_with(device, "cup") == "");
    Device broken({"pen", "!"});
    CHECK_THROWS(std::runtime_error, first_with(broken, "ink"));
}

}  // namespace

int main() {
    reads_numbers();
    writes_varints();
    checks_sums();
    counts_runs();
    encodes();
    goes_round();
    caches();
    releases_handles();
    moves_handles();
    detaches_handles();
    copies_lines();
    adds_sizes();
    finds_lines();
    return failures == 0 ? 0 : 1;
}
