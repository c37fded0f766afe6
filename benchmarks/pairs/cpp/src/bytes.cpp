#include "bytes.h"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <memory>
#include <numeric>
#include <string_view>

namespace shop {

std::optional<std::uint16_t> u16(const Octets& bytes, std::size_t at) {
    if (bytes.size() < 2 || at > bytes.size() - 2) {
        return std::nullopt;
    }
    return static_cast<std::uint16_t>(bytes[at] | bytes[at + 1] << 8);
}

std::int32_t signed24(const Octets& bytes) {
    if (bytes.size() < 3) {
        return 0;
    }
    std::int32_t value = bytes[0] << 16 | bytes[1] << 8 | bytes[2];
    return value >= 0x800000 ? value - 0x1000000 : value;
}

Octets varint(std::uint64_t value) {
    Octets out;
    while (value >= 0x80) {
        out.push_back(static_cast<std::uint8_t>(value | 0x80));
        value >>= 7;
    }
    out.push_back(static_cast<std::uint8_t>(value));
    return out;
}

std::uint8_t crc8(const Octets& bytes) {
    std::uint8_t crc = 0;
    for (std::uint8_t byte : bytes) {
        crc ^= byte;
        for (int bit = 0; bit < 8; ++bit) {
            bool carry = (crc & 0x80) != 0;
            crc = static_cast<std::uint8_t>(crc << 1);
            if (carry) {
                crc ^= 0x07;
            }
        }
    }
    return crc;
}

std::string run_lengths(const std::string& text) {
    std::string out;
    std::size_t i = 0;
    while (i < text.size()) {
        std::size_t end = i + 1;
        while (end < text.size() && end - i < 9 && text[end] == text[i]) {
            ++end;
        }
        out += text[i];
        out += static_cast<char>('0' + (end - i));
        i = end;
    }
    return out;
}

std::string base64(const std::string& bytes) {
    static const char signs[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k) {
            group <<= 8;
            if (i + k < bytes.size()) {
                group |= static_cast<unsigned char>(bytes[i + k]);
            }
        }
        out += signs[group >> 18 & 63];
        out += signs[group >> 12 & 63];
        out += i + 1 < bytes.size() ? signs[group >> 6 & 63] : '=';
        out += i + 2 < bytes.size() ? signs[group & 63] : '=';
    }
    return out;
}

std::uint8_t mixed(std::uint8_t a, std::uint8_t b) {
    return static_cast<std::uint8_t>((a + b + 1) / 2);
}

std::optional<int> Ring::pop() {
    if (size_ == 0) {
        return std::nullopt;
    }
    int value = slots_[first_];
    first_ = (first_ + 1) % capacity;
    --size_;
    return value;
}

std::vector<int> Ring::values() const {
    std::vector<int> all;
    for (std::size_t i = 0; i < size_; ++i) {
        all.push_back(slots_[(first_ + i) % capacity]);
    }
    return all;
}

std::vector<int> Cache::keys() const {
    std::vector<int> found;
    for (const auto& entry : entries_) {
        found.push_back(entry.first);
    }
    return found;
}

std::optional<std::string> Cache::get(int key) {
    for (auto entry = entries_.begin(); entry != entries_.end(); ++entry) {
        if (entry->first == key) {
            entries_.splice(entries_.begin(), entries_, entry);
            return entries_.front().second;
        }
    }
    return std::nullopt;
}

void Cache::put(int key, const std::string& value) {
    std::string kept = value;
    for (auto entry = entries_.begin(); entry != entries_.end(); ++entry) {
        if (entry->first == key) {
            entries_.erase(entry);
            break;
        }
    }
    entries_.emplace_front(key, kept);
    if (entries_.size() > size_) {
        entries_.pop_back();
    }
}

void Handle::reset() {
    if (device_ != nullptr) {
        Device* device = device_;
        device_ = nullptr;
        device->release();
    }
}

Handle& Handle::operator=(Handle&& other) noexcept {
    if (this != &other) {
        reset();
        device_ = other.device_;
        other.device_ = nullptr;
    }
    return *this;
}

Device* Handle::detach() {
    Device* device = device_;
    device_ = nullptr;
    return device;
}

int copy_lines(Device& from, Device& to) {
    Handle source(from);
    Handle target(to);
    int copied = 0;
    std::size_t count = from.lines().size();
    for (std::size_t i = 0; i < count; ++i) {
        std::string line = from.line(i);
        if (line.empty()) {
            return copied;
        }
        to.lines().push_back(line);
        ++copied;
    }
    return copied;
}

int total_size(Device& device) {
    device.acquire();
    int size = 0;
    try {
        for (std::size_t i = 0; i < device.lines().size(); ++i) {
            size += static_cast<int>(device.line(i).size());
        }
    } catch (const std::runtime_error&) {
        size = -1;
    }
    device.release();
    return size;
}

std::string first_with(Device& device, const std::string& prefix) {
    Handle handle(device);
    for (std::size_t i = 0; i < device.lines().size(); ++i) {
        const std::string& line = device.line(i);
        if (line.compare(0, prefix.size(), prefix) == 0) {
            return line;
        }
    }
    return "";
}

}  // namespace shop
