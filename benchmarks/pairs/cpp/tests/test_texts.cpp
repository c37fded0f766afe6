#include "check.h"
#include "texts.h"

using namespace shop;

namespace {

void trims() {
    CHECK(trimmed("  pen \n") == "pen");
    CHECK(trimmed("a b") == "a b");
    CHECK(trimmed(" \t ") == "");
    CHECK(trimmed("pen\r\n") == "pen");
    CHECK(trimmed("") == "");
}

void splits_fields() {
    CHECK((fields("a;b;c", ';') == std::vector<std::string>{"a", "b", "c"}));
    CHECK((fields("a;;c", ';') == std::vector<std::string>{"a", "", "c"}));
    CHECK((fields("a;", ';') == std::vector<std::string>{"a", ""}));
}

void cuts() {
    CHECK(cut("pencil", 3) == "pen");
    CHECK(cut("pen", 3) == "pen");
    CHECK(cut("\xC3\xA9t\xC3\xA9", 4) == "\xC3\xA9t");
}

void counts_words() {
    auto counts = word_counts("pen ink pen");
    CHECK(counts.size() == 2);
    CHECK(counts[0] == std::make_pair(std::string("pen"), 2));
    CHECK(counts[1] == std::make_pair(std::string("ink"), 1));
}

void finds_palindromes() {
    CHECK(is_palindrome("Never odd or even"));
    CHECK(!is_palindrome("pencil"));
    CHECK(is_palindrome(""));
}

void sums() {
    CHECK(checksum("") == 7);
    CHECK(checksum("a") == 7 * 31 + 97);
    CHECK(checksum("ab") != checksum("ba"));
}

void writes_hex() {
    CHECK(hex("AZ") == "415a");
    CHECK(hex("\n") == "0a");
    CHECK(hex("\xFF") == "ff");
}

void shifts() {
    CHECK(shifted("abc-xyz", 2) == "cde-zab");
    CHECK(shifted(shifted("pencil", 5), -5) == "pencil");
    CHECK(shifted("abc", -30) == "wxy");
}

void joins() {
    CHECK(joined({}) == "");
    CHECK(joined({"pen"}) == "pen");
    CHECK(joined({"pen", "ink"}) == "pen and ink");
    CHECK(joined({"pen", "ink", "cup"}) == "pen, ink and cup");
}

void counts_code_points() {
    CHECK(code_points("pen") == 3);
    CHECK(code_points("\xC3\xA9t\xC3\xA9") == 3);
}

void finds_prefixes() {
    CHECK(common_prefix({"pencil", "pens", "pen"}) == "pen");
    CHECK(common_prefix({}) == "");
    CHECK(common_prefix({"ink", "pen", "pencil"}) == "");
}

void compares_codes() {
    CHECK(same_code("AB-1", "ab-1"));
    CHECK(!same_code("AB-1", "ab-2"));
    CHECK(!same_code("AB-1", "AB-12"));
    CHECK(same_code(nullptr, nullptr));
    CHECK(!same_code("a", nullptr));
}

void replaces() {
    std::string text = "a.b.c";
    replace_all(text, ".", "::");
    CHECK(text == "a::b::c");
    replace_all(text, "", "x");
    CHECK(text == "a::b::c");
}

void escapes() {
    CHECK(escaped("say \"hi\"") == "say \\\"hi\\\"");
    CHECK(escaped("a\nb") == "a\\x0ab");
}

void finds_stems() {
    CHECK(stem("order.txt") == "order");
    CHECK(stem("a.tar.gz") == "a.tar");
    CHECK(stem("README") == "README");
    CHECK(stem(".profile") == ".profile");
}

}  // namespace

int main() {
    trims();
    splits_fields();
    cuts();
    counts_words();
    finds_palindromes();
    sums();
    writes_hex();
    shifts();
    joins();
    counts_code_points();
    finds_prefixes();
    compares_codes();
    replaces();
    escapes();
    finds_stems();
    return failures == 0 ? 0 : 1;
}
