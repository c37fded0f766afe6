"""What may be worded otherwise in a comment so that it still says the same: a closed list.

`fuller` and `shorter`, `third_person` and `imperative` reword one line of a comment, its signs
taken away; `plain` is what all wordings of a comment have in common, so that anybody can verify
that nothing else was changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_NEGATED = """
    don't doesn't didn't isn't aren't wasn't weren't hasn't haven't hadn't
    wouldn't shouldn't couldn't
"""
_NOT = {word: word[:-3] + " not" for word in _NEGATED.split()}
_NOT |= {"won't": "will not", "can't": "cannot"}
_WE_ARE = {f"{who}'re": f"{who} are" for who in ("we", "you", "they")}
_WE_WILL = {f"{who}'ll": f"{who} will" for who in ("we", "you", "they", "it", "this", "that")}
_WE_HAVE = {f"{who}'ve": f"{who} have" for who in ("we", "you", "they", "I")}
_SHORT_WORDS = {
    "w/o": "without",
    "w/": "with",
    "b/c": "because",
    "vs.": "versus",
    "wrt": "with respect to",
    "w.r.t.": "with respect to",
    "aka": "also known as",
    "a.k.a.": "also known as",
    "approx.": "approximately",
    "iff": "if and only if",
}
_LONG_WINDED = {
    "in order to": "to",
    "due to the fact that": "because",
    "in the event that": "if",
    "all of the": "all the",
    "prior to": "before",
    "is able to": "can",
    "are able to": "can",
}
_EXAMPLE = {"e.g.": "for example", "i.e.": "that is"}
# What makes `it's` mean `it is`: neither `it has` nor a misspelt `its`.
_STATE = """
    a an the not in on at already still only always never possible impossible ok okay safe unsafe
    just also no too better best fine important necessary unnecessary needed valid invalid empty
    either easier easy hard harder likely unlikely probably really simply actually up there
    nothing what why how where because used called to full ready missing present known unknown
    true false
"""
_STATES = "|".join(sorted(set(_STATE.split())))
# Before these a word is a verb and no noun.
_OBJECT = """
    the a an any all this these those each every it its our their some both whether if
"""
_OBJECTS = "|".join(_OBJECT.split())
_NO_HAS = r"(?!\w+ (?:been|had|got|become|gone|happened|changed|started|finished)\b)"
_PRONOUNS = "we|you|they|I|it|he|she|this|that|these|those|there"
_SUBJECTS = "the|a|an|this|that|these|those|it|its|we|our|there|any|all|both|each|some|they"

_VERBS = """
    add allow append apply assert build calculate call cancel check clean clear close collect
    compare compute convert copy count create decode define delete determine emit encode ensure
    evaluate execute extract fetch fill find flush format generate get handle initialize insert
    invoke iterate join load lock log look make merge move normalize notify open parse perform
    populate prepare print process produce propagate push read register release remove rename
    replace report reset resolve restore retrieve return run save scan search select send set skip
    sort split start stop store strip test throw translate trim try unlock update validate verify
    visit wait walk wrap write yield
"""


def _third(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")


_THIRD = {verb: _third(verb) for verb in _VERBS.split()}
_IMPERATIVE = {third: verb for verb, third in _THIRD.items()}

# What speaks to a tool or a lawyer, stands for work to do, or holds a test.
_ORDER = re.compile(
    r"pragma|no-?qa|\btype:|no-?sonar|no-?lint|_excl|coverage|codeaug|fmt:|@|pylint|mypy|pyright|"
    r"clang|suppress|checkstyle|sourcery|\bskip(?:cq)?:|inspection|spotless|eslint|cppcheck|iwyu|"
    r"nosec|isort|yapf|ruff|pytype|doctest|\bregion\b|endregion|\$|-\*-|\bvim?:|emacs:|"
    r"fall[- _]*s?[- _]*thro?u|todo|fixme|\bxxx\b|\bhack\b|copyright|licen[sc]e|spdx|\(c\)|"
    r"://|www\.|\\|>>>|\*/|/\*|\?\?|n(?:o|')t (?:edit|modify|remove)|lcov|gcov|istanbul|codeql|"
    r"lgtm|semgrep|pyre|cython|nopep|notreached|argsused|\bcso(?:n|ff)\b|generated|snippet|"
    r"\btag\b|\bparam\b|[\[{]{2}|\blanguage\s*=",
    re.IGNORECASE,
)
_CODE = re.compile(r"[{};`\"<>|=~^]|::")
_WORD = re.compile(r"(?<!\S)[(]?[A-Za-z][a-z-]*(?:'[a-z]+)?(?=[\s,.:!?)]|\Z)")


def is_plain(text: str) -> bool:
    """Whether a comment speaks to a reader, in words: no order to a tool, address or licence."""
    return not _ORDER.search(text) and len(_WORD.findall(text)) >= 2


def is_prose(text: str) -> bool:
    """Whether a comment is plain words only, without any code."""
    return is_plain(text) and not _CODE.search(text)


_QUESTION = re.compile(r"\?|\b(?:why|how come)\b", re.IGNORECASE)


def fuller(line: str, first: bool = True) -> str:
    """A line with contractions and abbreviations written out; `first`: the comment's first."""
    if _QUESTION.search(line):
        return line
    if first:
        line = _IF.sub(r"\1 whether ", line)
    line = _contracted(line, _without_inversion)
    line = _written_out(line)
    return _ENSURE.sub(lambda m: "Make sure " if m[1] == "E" else "make sure ", line)


def shorter(line: str, first: bool = True, comma: bool = False) -> str:
    """A line with contractions, abbreviations and without filler; `comma`: as `e.g., `."""
    if _QUESTION.search(line):
        return line
    if first and (filler := _FILLER.match(line)):
        line = _capital(line[filler.end() :])
    if first:
        line = _WHETHER.sub(r"\1 if ", line)
    line = _wound(line, _other)
    line = _spelt(line, _other)
    line = _IS.sub(r"\1's ", line)
    sign = ", " if comma else " "
    line = re.sub(r"(?<=[(])(for example|that is), ", lambda m: _ABBREVIATED[m[1]] + sign, line)
    line = re.sub(r"(?<=, )(for example|that is), ", lambda m: _ABBREVIATED[m[1]] + sign, line)
    return _MAKE_SURE.sub(lambda m: "Ensure " if m[1] == "M" else "ensure ", line)


def third_person(line: str) -> str:
    """`Return the size` as `Returns the size`, where a line begins like that."""
    return _voiced(line, _THIRD)


def imperative(line: str) -> str:
    """`Returns the size` as `Return the size`, where a line begins like that."""
    return _voiced(line, _IMPERATIVE)


def plain(text: str) -> str:
    """What all wordings of a comment's text, its signs taken away, have in common."""
    text = " ".join(text.split())
    text = _voiced(_FILLER.sub("", text, count=1), _IMPERATIVE)
    text = _IF.sub(r"\1 whether ", text)
    text = _wound(_written_out(_contracted(text, _other)), _other)
    text = _ENSURE.sub(lambda m: "Make sure " if m[1] == "E" else "make sure ", text)
    return text[:1].lower() + text[1:]


Choice = Callable[[re.Match[str], str], str]


def _table(words: Mapping[str, str], after: str = "") -> Callable[[str, Choice], str]:
    """A function that replaces each of the words in a text, in small or with a capital letter."""
    known = dict(words) | {_capital(word): _capital(other) for word, other in words.items()}
    choice = "|".join(re.escape(word) for word in sorted(known, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w'/.-])(?:{choice})(?![\w'/-]){after}")
    return lambda text, choose: pattern.sub(lambda m: choose(m, known[m[0]]), text)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _other(match: re.Match[str], other: str) -> str:
    return other


def _without_inversion(match: re.Match[str], full: str) -> str:
    """`why don't we` cannot be written out word by word."""
    inverted = re.match(rf"\s+(?:{_PRONOUNS})\b", match.string[match.end() :])
    return match[0] if inverted and "n't" in match[0] else full


_contracted = _table({**_NOT, **_WE_ARE, **_WE_WILL, **_WE_HAVE})
_spelt = _table({_NOT[w]: w for w in _NOT}, r"(?! (?:None|null|NULL|nullptr|in)\b)")
_shortened = _table(_SHORT_WORDS, r"(?=\s\S)")
_wound = _table(_LONG_WINDED)
_ABBREVIATED = {full: short for short, full in _EXAMPLE.items()}
_VERB = re.compile(
    rf"[A-Za-z][a-z]+(?= (?:{_OBJECTS})\b)"
    r"|(?:[Aa]ssert|[Cc]heck|[Ee]nsure|[Vv]alidate)s?(?= that\b)|[Vv]erif(?:y|ies)(?= that\b)"
)
_FILLER = re.compile(r"(?:Please note that|Note that|Basically,) (?=[A-Za-z])")
_IF = re.compile(rf"\A((?:[Cc]heck|[Dd]etermine|[Ss]ee|[Tt]est)s?) if (?=(?:{_SUBJECTS})\b)")
_WHETHER = re.compile(rf"\A((?:[Cc]heck|[Ss]ee|[Tt]est)s?) whether (?=(?:{_SUBJECTS})\b)")
_ENSURE = re.compile(rf"\b([Ee])nsure (?=(?:that|{_SUBJECTS})\b)")
_MAKE_SURE = re.compile(rf"\b([Mm])ake sure (?=(?:that|{_SUBJECTS})\b)")
_APOSTROPHE_S = re.compile(rf"\b([Ii]t|[Tt]hat|[Tt]here)'s (?=(?:{_STATES})\b){_NO_HAS}")
_IS = re.compile(rf"\b([Ii]t|[Tt]hat|[Tt]here) is (?=(?:{_STATES})\b)")


def _written_out(line: str) -> str:
    line = _APOSTROPHE_S.sub(r"\1 is ", line)
    line = re.sub(r"(?<=[(\s])(e\.g\.|i\.e\.),? ", lambda m: _EXAMPLE[m[1]] + ", ", line)
    return _shortened(line, _other)


def _voiced(line: str, verbs: Mapping[str, str]) -> str:
    match = _VERB.match(line)
    other = verbs.get(match[0].lower()) if match else None
    if match is None or other is None:
        return line
    return (_capital(other) if match[0][0].isupper() else other) + line[match.end() :]
