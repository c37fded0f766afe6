"""Which files hold no code of the project's own: tests, generated and vendored files."""

from __future__ import annotations

import re

_HEAD = 4096
_VENDORED = re.compile(
    r"(?:^|/)(?:_?vendor(?:s|ed)?|third[-_]?party|3rd[-_]?party|externals?|extern|node_modules"
    r"|bower_components|site-packages|dist-packages|\.?venv|\.tox|\.eggs|\.git)/",
    re.IGNORECASE,
)
_GENERATED_NAME = re.compile(
    r"(?:_pb2(?:_grpc)?\.pyi?|\.pb\.(?:h|cc)|\.grpc\.pb\.(?:h|cc)|^moc_.*\.cpp|^ui_.*\.h|^qrc_.*\.cpp"
    r"|\.(?:lex|yy|tab)\.(?:c|cc|cpp|h|hh|hpp)|\.g\.h)$"
)
_COMMENT_LINE = re.compile(rb"^[ \t]*(?:#|//|/?\*)(.*)$", re.MULTILINE)
_GENERATED = re.compile(
    rb"@generated\b|\bDO NOT (?:EDIT|MODIFY)\b"
    rb"|(?i:\b(?:auto(?:matically)?[- ]?generated (?:by|from|file|code|using|with)\b"
    rb"|(?:file|code|class|source) (?:is|was|has been) (?:auto(?:matically)?[- ]?)?generated\b"
    rb"|^\W*generated (?:by|from) \w))"
)
_GENERATED_ANNOTATION = re.compile(rb"^@(?:[\w.]+\.)?Generated\b", re.MULTILINE)

_TEST_FOLDER = re.compile(r"(?:^|/)(?:tests?|testing|unit[-_]?tests?|test[-_]?suite)/")
_PYTHON_TEST = re.compile(r"(?:^tests?|^test_.*|.*_tests?|^conftest)\.pyw?$")
_JAVA_FOLDER = re.compile(
    r"(?:^|/)(?:src/(?:test|it|testFixtures|integration-?[tT]est|jmh)|tests?)/"
)
_JAVA_TEST = re.compile(r"(?:^Test[A-Z].*|.*(?:Test|Tests|TestCase|IT|ITCase|Spec))\.java$")
_CPP_TEST = re.compile(
    r"(?:(?:^|.*[-_.])(?:unit)?tests?|^(?:unit)?tests?[-_.].*|.*[a-z0-9](?:Unit)?Tests?)\.[a-z+]+$"
)
_CPP_FLAT_TEST = re.compile(r".*tests?\.[a-z+]+$")
# It begins with a plain sign, which is found many times faster than the beginning of a line.
_CPP_FRAMEWORK = re.compile(
    rb"#[ \t]*include[ \t]*[<\"](?:[\w./-]*/)?"
    rb"(?:gtest/gtest|gmock/gmock|catch2/|catch|doctest|boost/test/|cppunit/)"
)
_MAIN = re.compile(rb"^(?:int|auto)\s+main\s*\(", re.MULTILINE)


def is_vendored(path: str) -> bool:
    return bool(_VENDORED.search(path))


def is_generated(path: str, source: bytes) -> bool:
    if _GENERATED_NAME.search(_file_name(path)):
        return True
    head = source[:_HEAD]
    # Plain words are looked for first: that is many times faster.
    hint = b"generated" in head.lower() or b"DO NOT EDIT" in head or b"DO NOT MODIFY" in head
    if hint and any(_GENERATED.search(line) for line in _COMMENT_LINE.findall(head)):
        return True
    return b"Generated" in source and bool(_GENERATED_ANNOTATION.search(source))


def is_python_test(path: str, source: bytes) -> bool:
    return bool(_TEST_FOLDER.search(path) or _PYTHON_TEST.match(_file_name(path)))


def is_java_test(path: str, source: bytes) -> bool:
    return bool(_JAVA_FOLDER.search(path) or _JAVA_TEST.match(_file_name(path)))


def is_cpp_test(path: str, source: bytes) -> bool:
    name = _file_name(path)
    if _TEST_FOLDER.search(path) or _CPP_TEST.match(name):
        return True
    if any(_begins_line(source, found.start()) for found in _CPP_FRAMEWORK.finditer(source)):
        return True
    # `xmltest.cpp` is a test program, `latest.cpp` is none.
    return bool(_CPP_FLAT_TEST.match(name) and _MAIN.search(source))


def _begins_line(source: bytes, offset: int) -> bool:
    return not source[source.rfind(b"\n", 0, offset) + 1 : offset].strip(b" \t")


def _file_name(path: str) -> str:
    return path[path.rfind("/") + 1 :]
