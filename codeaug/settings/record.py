"""What a user can set, with defaults, limits and a line of help each.

The limits are said once, here: `values` keeps them and `schema` writes them down for editors.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Any

from codeaug.model import Rung
from codeaug.notices import RULES
from codeaug.settings.patterns import Patterns
from codeaug.strata import Strata, strata_of

CORES = os.cpu_count() or 1

Tables = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]

SECTIONS = ("dataset",)
"""Tables of settings: what a file says as `name` in `[dataset]` is the field `dataset_name`."""

TASKS = (
    *("rewrite", "completion", "infilling", "implementation", "description"),
    *("equivalence", "preference", "judgement"),
)
FIM_FAMILIES = (
    *("starcoder", "starcoder2", "granite", "granite-3.3", "santacoder", "qwen-coder", "codegemma"),
    *("codellama", "deepseek-coder", "codestral"),
)
"""Names of the tasks and of the families of models that fill in the middle: the packages that know
them lie above, and a test compares."""

VARIABLE = r"[A-Z_][A-Z0-9_]{0,99}"
"""What names an environment variable; a key that is written there instead rarely looks so."""


def _setting(default: Any, text: str, **limits: Any) -> Any:
    """`choices`: the values that it may have; `least`, `most`: bounds; `variable`: the name of an
    environment variable; `private`: may hold a password, so no `repr` shows it."""
    shown = not limits.get("private")
    return field(default=default, repr=shown, metadata={"help": text} | limits)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user can set; `[build.<name>]` tables reach the build of that name as options,
    `[prices."<model>"]` tables say what a model costs, `[[transforms]]` are one's own rewrites."""

    engine: str = _setting(
        "rules", "engine that proposes variants", choices=("rules", "llm"), word="engine"
    )
    languages: tuple[str, ...] = _setting(
        (), "languages to look at; empty: all", choices=("python", "java", "cpp"), word="language"
    )
    paths: tuple[str, ...] = _setting((), "gitignore-style patterns of the files to look at")
    per_unit: int = _setting(3, "variants for a unit, at most", least=1)
    robustness: bool = _setting(False, "also rewrites that nobody would write, of tier R")
    limit: int = _setting(0, "units to make variants for, at most; 0: all")
    seed: int = _setting(0, "seed of every choice")
    jobs: int = _setting(CORES, "workers", least=1)
    store: str = _setting(
        "", "store URL; empty: .codeaug/codeaug.db in the repository", private=True
    )
    bar: str = _setting(
        "compared",
        "rung from which a passed variant is put before people",
        choices=tuple(rung.label for rung in Rung if rung is not Rung.NONE),
        word="rung",
    )
    ignore_tests: tuple[str, ...] = _setting((), "patterns of tests that are known not to pass")
    skip: tuple[str, ...] = _setting((), "gitignore-style patterns of files to leave out")
    block: tuple[str, ...] = _setting(
        ("unparseable", "secret"),
        "rules of `codeaug hook check` that stop a commit",
        choices=tuple(RULES),
        word="rule",
    )
    max_file_kib: int = _setting(1024, "larger files are skipped")
    faults: int = _setting(
        12, "faults injected into a unit to see whether its tests can fail", least=1
    )
    repeats: int = _setting(3, "times that the unchanged tests must pass, in varied order")
    test_seconds: int = _setting(900, "wall time for the whole test suite")
    memory_mib: int = _setting(4096, "memory of everything that runs in one sandbox")
    audit: int = _setting(20, "one variant in so many is judged by both runners, at least", least=1)
    overlap: int = _setting(
        1, "so many people decide about each variant; a tie asks one more", least=1
    )
    overlaps: tuple[str, ...] = _setting((), "FIELD=PATTERN N: how many decide about which")
    queue_order: tuple[str, ...] = _setting((), "FIELD=PATTERN: what comes first before people")
    gold_rate: float = _setting(0.05, "share of cards whose answer is known; 0: none", most=1)
    gold_min_items: int = _setting(
        5, "wrong ones among them, before anybody is judged by them", least=1
    )
    gold_max_false_accept: float = _setting(
        0.25, "share of wrong ones that one may approve", most=1
    )
    crosshair: int = _setting(0, "seconds of CrossHair for a variant in typed Python; 0: without")
    runner: str = _setting(
        "resident",
        "resident, or cold: every variant by new programs",
        choices=("resident", "cold"),
        word="runner",
    )
    build: Tables = _setting((), "options of builds, one table each")
    transforms: Patterns = _setting((), "rewrites of one's own, one table each")
    model: str = _setting("", "model of the engine llm: PROVIDER:NAME")
    base_url: str = _setting(
        "", "address of the model's endpoint; empty: OpenAI's, for openai:", private=True
    )
    api_key_env: str = _setting(
        "OPENAI_API_KEY", "environment variable that holds the key", variable=True
    )
    api_key_file: str = _setting("", "file that holds the key; before the variable")
    api_key_command: str = _setting("", "command that prints the key; before file and variable")
    budget: float = _setting(0.0, "US dollars for all replies in the store, at most; 0: no cap")
    calls: int = _setting(64, "calls under way at once, at most", least=1)
    reply_tokens: int = _setting(4096, "tokens of a reply, thinking included, at most", least=1)
    reply_seconds: int = _setting(180, "wall time for a reply", least=1)
    patience: int = _setting(120, "seconds without any answer after which a run gives up")
    untested: bool = _setting(False, "send functions that no test executes, too")
    endpoints: tuple[str, ...] = _setting((), "where models may be asked; empty: this machine")
    never_send: tuple[str, ...] = _setting((), "gitignore-style patterns of files that stay here")
    never_send_licenses: tuple[str, ...] = _setting((), "files under these licences stay here")
    never_send_owners: tuple[str, ...] = _setting((), "files that CODEOWNERS gives these, too")
    critic: str = _setting("", "model that scores how natural variants read; empty: none")
    prices: Tables = _setting((), "dollars for a million tokens: input, output, cached, training")
    proxy: str = _setting(
        "", "proxy on the way to the endpoint; the environment's is not used", private=True
    )
    ca_file: str = _setting("", "certificates to trust instead of the bundled ones")
    push: str = _setting(
        "", "codeaug review server to which a run sends what reaches the bar", private=True
    )
    push_key_env: str = _setting(
        "CODEAUG_PUSH_KEY", "environment variable that holds its API key", variable=True
    )
    oidc_issuer: str = _setting(
        "", "OpenID Connect provider at which reviewers sign in", private=True
    )
    oidc_client_id: str = _setting("", "what that provider calls this codeaug")
    oidc_client_secret_env: str = _setting(
        "CODEAUG_OIDC_SECRET",
        "environment variable that holds the provider's secret",
        variable=True,
    )
    oidc_claim: str = _setting("groups", "claim that says what a person is")
    oidc_roles: tuple[str, ...] = _setting((), "ROLE=VALUE: what the claim's values mean")

    dataset_tasks: tuple[str, ...] = _setting(
        ("rewrite", "completion"), "what rows ask a model to do", choices=TASKS, word="task"
    )
    dataset_name: str = _setting("", "what datasets are called; empty: as the repository")
    dataset_validation: float = _setting(0.05, "share of functions that validate", most=1)
    dataset_test: float = _setting(0.05, "share of functions that test", most=1)
    dataset_by_module: bool = _setting(False, "keep the functions of a folder in one split")
    dataset_similarity: float = _setting(
        0.7, "likeness (Jaccard) from which texts share a split", most=1
    )
    dataset_tokenizer: str = _setting("", "folder or tokenizer.json of the model to be tuned")
    dataset_max_length: int = _setting(
        0, "tokens of a row, at most: longer ones are left out; 0: as the longest"
    )
    dataset_fim_family: str = _setting(
        "", "family that fills in the middle", choices=("", *FIM_FAMILIES), word="family"
    )
    dataset_max_llm_depth: int = _setting(1, "models in a row that made a variant, at most")
    dataset_max_rule_depth: int = _setting(3, "transforms in a row that made a variant, at most")
    dataset_max_synthetic_share: float = _setting(
        0.33, "share of tokens that nobody wrote, at most", most=1
    )
    dataset_max_per_unit: int = _setting(4, "variants of a function, at most", least=1)
    dataset_max_transform_share: float = _setting(0.15, "share of one transform, at most", most=1)
    dataset_max_generator_share: float = _setting(
        0.25, "share of one engine or model, at most", most=1
    )
    dataset_max_repository_share: float = _setting(1.0, "share of one repository, at most", most=1)
    dataset_min_real_units: int = _setting(20, "functions that people wrote, at least")
    dataset_min_diversity: float = _setting(
        0.5, "diversity of variants against the real code, at least", most=1
    )
    dataset_min_tail: float = _setting(
        0.5, "share of what is rare in the real code that is kept, at least", most=1
    )
    dataset_licenses: tuple[str, ...] = _setting(
        (), "SPDX licences that may be exported; empty: all"
    )
    dataset_skip: tuple[str, ...] = _setting(
        (), "gitignore-style patterns of files that no dataset holds"
    )
    dataset_personal_data: bool = _setting(
        False, "keep functions in which personal data is suspected"
    )
    dataset_robustness: bool = _setting(
        False, "keep variants that nobody would write, of tier R, each with a tag"
    )
    dataset_target_model: str = _setting("", "the model to be tuned; never the generator's family")
    dataset_benchmarks: tuple[str, ...] = _setting(
        (), "local files of benchmarks that no row may be like"
    )

    @property
    def bar_rung(self) -> Rung:
        return Rung[self.bar.upper()]

    @property
    def strata(self) -> Strata:
        """Raises UsageError."""
        return strata_of(self.queue_order, self.overlaps)

    def build_options(self, name: str) -> dict[str, str]:
        return dict(dict(self.build).get(name, ()))

    @property
    def own_prices(self) -> dict[str, dict[str, str]]:
        return {name: dict(table) for name, table in self.prices}
