"""Datasets as an export lays them down, made of awkward texts; and what tests make of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from codeaug.formats import Facts, Format
from codeaug.formats.containers import open_writer
from codeaug.formats.fim import FAMILIES, Sentinels
from codeaug.tasks import Content, Infilling, Judged, Pair, Preference

QWEN = FAMILIES["qwen-coder"]
CODES = (
    'def f(a):\n    return "it\'s \\"quoted\\"" + \'\\\\\'\n',
    "int f() {\r\n    return 1;\r\n}\r\n",
    'def ünï(σ):\n    return "\u2028\u2029\x85\U0001f600\ufeff" + "日本"\n',
    "    String s = \"<|im_end|>\\n<|im_start|>user\" + '<|endoftext|>';\n",
    "a = '<|fim_prefix|><|fim_suffix|><|fim_middle|>'\n```\n````\n",
    "x = '\x01\x07\x0b\x0c\x1b\x7f'\n\ty = 1 \t \n\n",
    "2026-01-02T03:04:05",
    "    private int sum(int a, int b) {\n        return a + b;\n    }",
    "def long():\n" + "".join(f"    x{n} = {n}  # é\n" for n in range(1_500)),
)


def contents(shape: type[Content]) -> list[Content]:
    """One of each code, for a split of some rows."""
    if shape is Pair:
        return [Pair(f"Rewrite:\n{code}", code) for code in CODES]
    if shape is Infilling:
        return [gap for code in CODES for gap in gaps(code)]
    if shape is Preference:
        return [Preference(f"Rewrite:\n{code}", code, f"{code}// no") for code in CODES]
    return [Judged(f"Rewrite:\n{code}", code, n % 2 == 0) for n, code in enumerate(CODES)]


def gaps(code: str) -> list[Infilling]:
    third = max(1, len(code) // 3)
    inner = Infilling("python", code[:third], code[third : 2 * third], code[2 * third :])
    line = code.find("\n") + 1 or 1
    return [inner, Infilling("python", code[:line], code[line:], "")]


def all_contents(format: Format) -> list[Content]:
    return [content for shape in format.shapes for content in contents(shape)]


def write(
    format: Format,
    folder: Path,
    rows: Mapping[str, Sequence[Content]],
    *,
    sentinels: Sentinels = QWEN,
    longest: int = 1 << 20,
    tokenizer: str = "",
) -> dict[str, Any]:
    """Writes the dataset with its extras; returns as much of a manifest as loaders ask for."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for split, its in rows.items():
        writer = open_writer(format.container, folder, format.stems[split], format.columns)
        for content in its:
            writer.write(format.row(content, sentinels))
        files += [{"split": split, "name": name, "rows": n} for name, n in writer.close()]
    names = {s: tuple(f["name"] for f in files if f["split"] == s) for s in rows}
    facts = Facts(
        "acme",
        {split: len(its) for split, its in rows.items()},
        longest,
        tokenizer,
        "some/model",
        sentinels.family,
        format.shapes[0],
        names,
    )
    for name, data in format.extras(facts).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    (folder / "README.md").write_text(head(facts))
    (folder / "lineage").mkdir(exist_ok=True)
    (folder / "lineage" / "train.jsonl").write_text('{"unit":"train"}\n')
    settings = {"format": format.name, "fim_family": sentinels.family}
    return {"settings": settings, "files": files}


def head(facts: Facts) -> str:
    """As much of a data card as `datasets` reads: which files each split has."""
    lines = ["---", "configs:", "- config_name: default", "  data_files:"]
    for split, files in facts.splits.items():
        lines += [f"  - split: {split}", f"    path: {list(files)}"]
    return "\n".join([*lines, "---", "# acme"]) + "\n"
