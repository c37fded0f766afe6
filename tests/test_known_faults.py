"""What users reported of other rewriting tools happens with none of our transforms.

Each text has what went wrong there in it; every site of every transform is applied to it alone.
"""

from __future__ import annotations

from collections import Counter

import pytest

from codeaug.edits import apply_edits
from codeaug.languages import comments, find_units, language_of, tokens
from codeaug.languages.remarks import remarks
from codeaug.languages.wording import plain
from codeaug.model import Span, Unit
from codeaug.syntax import parse
from codeaug.transforms import Subject, load

GLUE = {
    "llvm#105508, `delete*it` became `deleteit`": (
        "cpp",
        """\
struct Node { Node* next; int value; };
static int length(const char* q) {
  return (int)sizeof*q;
}
int clear(std::vector<Node*>& nodes, Node* last, int n) {
  int total=0;
  for(std::vector<Node*>::iterator it = nodes.begin(); it != nodes.end(); ++it) {
    delete*it;
  }
  for(int i=0;i<n;i++) {
    if(!last)continue;
    total+=last->value;
    total+=(int)sizeof*last;
  }
  int size=length("x");
  if(total>size)return-total;else return+size;
}
""",
    ),
    "ast-grep#394, keywords without blanks": (
        "java",
        """\
class A {
    int[]own;
    int f(int[]all,boolean b,String s){
        int sum=0;
        for(int i=0;i<all.length;i++){sum+=all[i];}
        if(b)return-sum;else return+sum;
    }
    int g(Object o,int n){
        if(o instanceof String){String t=(String)o;return t.length();}
        if(!(n>0)){return~n;}
        assert n>0:"positive";
        return n>3?1:2;
    }
}
""",
    ),
    "ast-grep#1405, brackets beside keywords": (
        "python",
        """\
def f(items, flag, name):
    total = []
    for(i)in(range(len(items))):
        total.append(items[i])
    if(flag)and(name):
        return(total)
    elif not(flag):
        return[1]
    else:
        return-1if name else(2)
""",
    ),
}
COMMENTS = {
    "sourcery#23, cody#5158, comments deleted": (
        "python",
        """\
def f(items, flag, x):  # takes all
    # before the list
    found = []
    # before the loop
    for item in items:  # each one
        # inside
        if item:  # only some
            found.append(item)  # keep all of it
        # after the if
    # before the test
    if flag:
        # then
        return found  # one
    else:
        # last of else
        y = g(x)  # two of them
        return y
""",
    ),
    "pynguin#88, comby#264, comments deleted": (
        "java",
        """\
class A {
    // above
    int f(int[] all, boolean b /* which */) { // head
        // before the sum
        int sum = 0; // none yet
        /* before the loop */
        for (int i = 0; i < all.length; i++) { // each
            // inside
            if (all[i] > 0) { // some
                sum += all[i]; // keep it
            } // end of if
            // after it
        }
        // before the test
        if (b) { // why
            // then
            return sum; // one
        } /* between */ else { // why not
            return -sum; /* two */
        }
    }
}
""",
    ),
    "ast-grep#1253, comments deleted": (
        "cpp",
        """\
// above
int f(const int* all, int n, bool b /* which */) { // head
  // before the sum
  int sum = 0; // none yet
  /* before the loop */
  for (int i = 0; i < n; i++) { // each
    // inside
    if (all[i] > 0) { // some
      sum += all[i]; // keep it
    } // end of if
    // after it
  }
  // before the test
  if (b) { // why
    // then
    return sum; // one
  } /* between */ else { // why not
    return -sum; /* two */
  }
}
""",
    ),
}


def rewritten(language: str, text: str) -> list[tuple[str, Unit, bytes]]:
    """What each site of each transform makes of a file, by the transform's name."""
    source, found = text.encode(), []
    for unit in find_units(language, source, f"a.{language}", ""):
        if not isinstance(unit, Unit):
            continue
        for transform in load():
            function = transform.languages.get(language)
            for site in function(Subject(unit, source)) if function else ():
                if not site.declined:
                    found.append((transform.name, unit, apply_edits(source, site.edits)))
    return found


@pytest.mark.parametrize(("language", "text"), (GLUE | COMMENTS).values(), ids=GLUE | COMMENTS)
def test_no_words_are_glued_together(language: str, text: str) -> None:
    source = text.encode()
    assert not parse(language, source).root_node.has_error
    known = {token.text for token in tokens(language, source, Span(0, len(source)))}
    made = rewritten(language, text)
    assert made
    for name, _, changed in made:
        assert not parse(language, changed).root_node.has_error, (name, changed.decode())
        new = [t for t in tokens(language, changed, Span(0, len(changed))) if t.text not in known]
        for token in (t for t in new if t.kind in ("name", "keyword")):
            glued = [(one, two) for one in known for two in known if one + two == token.text]
            assert not [pair for pair in glued if all(w.isidentifier() for w in pair)], name


@pytest.mark.parametrize(("language", "text"), COMMENTS.values(), ids=COMMENTS)
def test_no_comment_is_deleted(language: str, text: str) -> None:
    source = text.encode()
    made = rewritten(language, text)
    assert len({name for name, _, _ in made}) >= 3
    before = Counter(plain(r.words) for r in remarks(language, source, Span(0, len(source))))
    for name, _, changed in made:
        after = " ".join(plain(c) for c in comments(language, changed, Span(0, len(changed))))
        for words, count in before.items():
            assert after.count(words) >= count, (name, words, changed.decode())


@pytest.mark.parametrize(("language", "text"), (GLUE | COMMENTS).values(), ids=GLUE | COMMENTS)
def test_nothing_outside_of_the_function_is_touched(language: str, text: str) -> None:
    source = text.encode()
    for name, unit, changed in rewritten(language, text):
        behind = len(source) - unit.span.end
        assert changed[: unit.span.start] == source[: unit.span.start], name
        assert changed.endswith(source[len(source) - behind :]), name


@pytest.mark.parametrize("path", ["a.jar", "a.properties", "pom.xml", "a.txt", "a.pyc", "Makefile"])
def test_files_of_no_language_of_ours_are_not_looked_at(path: str) -> None:
    assert language_of(path) is None, "openrewrite/rewrite-static-analysis#400"
