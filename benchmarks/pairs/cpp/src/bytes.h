#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

/// Bytes, the things that hold them, and a device that has to be given back.
namespace shop {

using Octets = std::vector<std::uint8_t>;

/// The two bytes at a place, the lower one first; nothing where they are not all there.
std::optional<std::uint16_t> u16(const Octets& bytes, std::size_t at);

/// The signed number of the first three bytes, the highest one first; 0 for fewer.
std::int32_t signed24(const Octets& bytes);

/// Seven bits a byte, the lowest first; the highest bit says that more follow.
Octets varint(std::uint64_t value);

/// All bits of all bytes: x^8 + x^2 + x + 1, start 0.
std::uint8_t crc8(const Octets& bytes);

/// Each run of at most 9 equal bytes as the byte and a digit.
std::string run_lengths(const std::string& text);

/// The usual 64 signs, padded with = to a multiple of four.
std::string base64(const std::string& bytes);

/// The mean of two grey values, halves up.
std::uint8_t mixed(std::uint8_t a, std::uint8_t b);

/// The last so many ints; the oldest goes when there is no room.
class Ring {
public:
    static constexpr std::size_t capacity = 4;

    /// How many there are.
    std::size_t size() const { return size_; }

    /// Puts a value behind the others; what had to go for it.
    std::optional<int> push(int value) {
        std::optional<int> gone;
        if (size_ == capacity) {
            gone = slots_[first_];
            first_ = (first_ + 1) % capacity;
            --size_;
        }
        slots_[(first_ + size_) % capacity] = value;
        ++size_;
        return gone;
    }

    /// Takes the oldest value out; nothing for none.
    std::optional<int> pop();

    /// All values, the oldest first.
    std::vector<int> values() const;

private:
    std::array<int, capacity> slots_{};
    std::size_t first_ = 0;
    std::size_t size_ = 0;
};

/// The last `size` (0: none) values by key; the one not asked for longest goes first.
class Cache {
public:
    explicit Cache(std::size_t size) : size_(size) {}

    /// The keys, the youngest first.
    std::vector<int> keys() const;

    /// The value, which is then the youngest; nothing for none.
    std::optional<std::string> get(int key);

    /// Keeps the value as the youngest.
    void put(int key, const std::string& value);

private:
    std::size_t size_;
    std::list<std::pair<int, std::string>> entries_;
};

/// Something with lines that is acquired and released; it counts both, and fails at a line "!".
class Device {
public:
    explicit Device(std::vector<std::string> lines) : lines_(std::move(lines)) {}

    void acquire() { ++acquired_; }
    void release() { ++released_; }
    int acquired() const { return acquired_; }
    int released() const { return released_; }
    std::vector<std::string>& lines() { return lines_; }
    const std::string& line(std::size_t i) const {
        if (lines_.at(i) == "!") {
            throw std::runtime_error("device failed");
        }
        return lines_[i];
    }

private:
    std::vector<std::string> lines_;
    int acquired_ = 0;
    int released_ = 0;
};

/// Holds a device from its acquisition to its release, which comes once.
class Handle {
public:
    Handle() = default;
    explicit Handle(Device& device) : device_(&device) { device.acquire(); }
    Handle(Handle&& other) noexcept : device_(other.device_) { other.device_ = nullptr; }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() { reset(); }

    Device* device() const { return device_; }

    /// Releases the device, where there is one.
    void reset();

    /// Releases the own device and takes the other's over; itself stays as it is.
    Handle& operator=(Handle&& other) noexcept;

    /// Gives the device away without releasing it; null for none.
    Device* detach();

private:
    Device* device_ = nullptr;
};

/// Copies the lines up to the first empty one behind those of another device; both are released
/// whatever happens. How many lines.
int copy_lines(Device& from, Device& to);

/// The bytes of all lines, or -1 where the device fails; it is released whatever happens.
int total_size(Device& device);

/// The first line that begins with a prefix, "" for none; the device is released whatever happens.
std::string first_with(Device& device, const std::string& prefix);

}  // namespace shop
