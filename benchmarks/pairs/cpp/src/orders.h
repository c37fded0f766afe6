#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// Orders, their states, their checks.
namespace shop {

/// Where an order can be.
enum class State { fresh, paid, packed, sent };

/// One order on its way, with its pieces, notes and coupon.
class Order {
public:
    State state() const { return state_; }
    const std::vector<State>& history() const { return history_; }
    const std::map<std::string, int>& pieces() const { return pieces_; }
    const std::optional<std::string>& coupon() const { return coupon_; }
    void set_note(const std::string& key, const std::string& text) { notes_[key] = text; }
    void set_coupon(const std::string& coupon) { coupon_ = coupon; }

    /// To the next state, the old one into the history; throws std::logic_error at the end.
    State advance();

    /// Fresh and paid orders can be cancelled, packed ones by a manager only.
    bool can_cancel(bool manager) const;

    /// Puts 1 to 1000 more pieces in (else std::invalid_argument); how many there are then.
    int add(const std::string& sku, int count);

    /// Takes one piece out, the article with its last one; whether there was any.
    bool take(const std::string& sku);

    /// The note of a key, empty for none; valid as long as the order is not changed.
    const std::string& note(const std::string& key) const;

    /// All pieces together.
    std::int64_t size() const;

    /// The articles with at least `least` pieces, in alphabetical order.
    std::vector<std::string> skus(int least) const;

    /// The coupon, which the order no longer has afterwards.
    std::optional<std::string> take_coupon();

    /// Takes over all pieces of another order, which then has none; itself stays as it is.
    void absorb(Order& other);

private:
    State state_ = State::fresh;
    std::vector<State> history_;
    std::map<std::string, int> pieces_;
    std::map<std::string, std::string> notes_;
    std::optional<std::string> coupon_;
};

/// Lines to read and to change; changed ones are counted when they are asked for to be changed.
class Board {
public:
    explicit Board(std::vector<std::string> lines) : lines_(std::move(lines)) {}

    std::size_t size() const { return lines_.size(); }
    int touched() const { return touched_; }
    const std::string& line(std::size_t i) const { return lines_.at(i); }
    std::string& line(std::size_t i) {
        ++touched_;
        return lines_.at(i);
    }

private:
    std::vector<std::string> lines_;
    int touched_ = 0;
};

/// Numbers for tickets, one after the other.
class Sequence {
public:
    explicit Sequence(int next) : next_(next) {}
    int next() { return next_++; }

private:
    int next_;
};

/// Whether two capital letters, a dash and three digits, all ASCII.
bool is_sku(const std::string& sku);

/// Whether the checksum of a card number holds; false unless it is two ASCII digits or more.
bool luhn(const std::string& number);

/// The carrier of a parcel: weight in grams, country in capitals.
std::string carrier(int weight, const std::string& country, bool fragile);

/// "yes" or "no".
std::string shown(bool value);

/// The text in quotes.
std::string shown(const std::string& value);

/// `name="value"`.
std::string setting(const std::string& name, const std::string& value);

/// The next two numbers as "first-second".
std::string ticket(Sequence& numbers);

/// How many checks hold before the first that does not; those after it are not run.
int passed(const std::vector<std::function<bool()>>& checks);

/// What the action gives, tried again after std::runtime_error, `times` (below 1: 1) in all; the
/// last error passes through, and so does any other.
int retry(const std::function<int()>& action, int times);

/// What a std::exception of the action says, "" for none; anything else passes through.
std::string complaint(const std::function<void()>& action);

/// A count of 1 to 4 ASCII digits; throws std::invalid_argument for anything else.
int parse_count(const std::string& text);

/// The longest line of the board, the first of equally long ones, which is not changed; "" for none.
std::string headline(Board& board);

/// The next number of each name, counted from 1, in the order given; `last` keeps the counts.
std::vector<int> numbered(const std::vector<std::string>& names, std::map<std::string, int>& last);

}  // namespace shop
