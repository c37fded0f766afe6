"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example, Vocabulary
from codeaug.transforms.explicit_this._cpp_rewriting import drop_this, write_this

_HEADER = Vocabulary(
    members={
        "class Base": ": ",
        "Base.most": "int",
        "class A": ": Base",
        "A.size": "int",
        "A.count": "int",
        "A.count static": "static",
    }
)

_DROP_THIS = (
    Example(
        "cpp",
        """\
void A::grow(int n) {
  this->size += n;
  if (this->size > 9) this->shrink();
}
""",
        """\
void A::grow(int n) {
  size += n;
  if (size > 9) this->shrink();
}
""",
        why="the fields, all at once",
    ),
    Example(
        "cpp",
        """\
class A {
  void put(int size) {
    this->size = size;
    this->grow(size);
  }
  void grow(int n);
  int size;
};
""",
        """\
class A {
  void put(int size) {
    this->size = size;
    grow(size);
  }
  void grow(int n);
  int size;
};
""",
        why="the method only: the parameter has the field's name",
    ),
    Example(
        "cpp",
        """\
bool A::is(const A &other) const
{
    return this->value_.size == other.value_.size;
}
""",
        """\
bool A::is(const A &other) const
{
    return value_.size == other.value_.size;
}
""",
    ),
    Example(
        "cpp",
        """\
void A::put(int size) {
  this->size = size;
}
""",
        declined="FRESH",
    ),
    Example(
        "cpp",
        """\
template <class T>
class A : Base<T> {
  void grow(int n) { this->size += n; }
};
""",
        declined="NODEP",
        why="it would not be looked up in the base",
    ),
    Example(
        "cpp",
        """\
void A::grow(int n) {
  CHECK(this->size > n);
}
""",
        declined="NOMACRO",
    ),
    Example(
        "cpp",
        """\
void A::call(int n) {
  this->Base::call(n);
  other->size = n;
}
""",
        why="the method of a base, and another object",
    ),
)

_WRITE_THIS = (
    Example(
        "cpp",
        """\
void A::put(int n) {
  size += n;
  if (size > 9) shrink();
}

void A::set(int size) {
  this->size = size;
}
""",
        """\
void A::put(int n) {
  this->size += n;
  if (this->size > 9) shrink();
}

void A::set(int size) {
  this->size = size;
}
""",
        vocabulary=_HEADER,
        why="the fields, all at once, as the file has it elsewhere",
    ),
    Example(
        "cpp",
        """\
struct A {
  int size_;
  void clear() { this->size_ = 0; }
  void grow(int n) {
    size_ += n; // more
  }
};
""",
        """\
struct A {
  int size_;
  void clear() { this->size_ = 0; }
  void grow(int n) {
    this->size_ += n; // more
  }
};
""",
        unit="A::grow",
    ),
    Example(
        "cpp",
        """\
int A::left(int n) const {
  return n < this->size ? most - n : n;
}
""",
        """\
int A::left(int n) const {
  return n < this->size ? this->most - n : n;
}
""",
        vocabulary=_HEADER,
        why="a field of the base",
    ),
    Example(
        "cpp",
        """\
void A::put(int n) {
  size += n;
}
""",
        declined="NATURAL",
        vocabulary=_HEADER,
        why="the file never writes it",
    ),
    Example(
        "cpp",
        """\
struct A {
  int size_;
  int most;
  void put(int n) { this->most = n; }
  void grow(int n) { size_ += n; }
};
""",
        declined="NATURAL",
        unit="A::grow",
        why="the mark says that it is a field",
    ),
    Example(
        "cpp",
        """\
int A::next(int size) {
  this->size = size;
  count = size;
  return unknown;
}
""",
        vocabulary=_HEADER,
        why="a static field, a parameter, and what no class declares",
    ),
    Example(
        "cpp",
        """\
void A::put(int n) {
  this->size = n;
  CHECK(most > n);
}
""",
        declined="NOMACRO",
        vocabulary=_HEADER,
    ),
)

DIRECTIONS: Directions = {
    "drop-this": (drop_this, _DROP_THIS),
    "write-this": (write_this, _WRITE_THIS),
}
