from shopkit import text


def test_slugify():
    assert text.slugify("Hello, World!") == "hello-world"
    assert text.slugify("  --  ") == ""


def test_truncate():
    assert text.truncate("short", 10) == "short"
    assert text.truncate("a long sentence", 10) == "a long ..."


def test_word_counts():
    assert text.word_counts("a b a") == {"a": 2, "b": 1}


def test_parse_pairs():
    assert text.parse_pairs("a=1; b = 2") == {"a": "1", "b": "2"}
    try:
        text.parse_pairs("a")
    except ValueError:
        pass
    else:
        raise AssertionError("no error")
    assert text.parse_pairs("a=1;") == {"a": "1"}


def test_is_palindrome():
    assert text.is_palindrome("Anna, anna!")
    assert not text.is_palindrome("Otto X")


def test_wrap_words():
    lines = text.wrap_words("the quick brown fox", 10)
    assert lines == ["the quick", "brown fox"]


def test_mask_card_runs():
    assert "1234" in text.mask_card("4000 0000 0000 1234")


def test_same_name():
    assert text.same_name(" Anna", "ANNA ")
    assert not text.same_name("Anna", "Anne")


def test_index_lines():
    assert text.index_lines("a b\nb")["b"] == [1, 2]


def test_fits_field():
    assert text.fits_field("abc", 3)
    assert not text.fits_field("abcd", 3)


def test_common_prefix():
    assert text.common_prefix(["shopping", "shopper"]) == "shopp"
    assert text.common_prefix([]) == ""
