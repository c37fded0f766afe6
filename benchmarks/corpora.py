"""Real open-source projects, fetched by name, version and hash from the package registries.

`fetch("cachetools")` returns the folder of the unpacked project; what was fetched stays in
`.demo/sources`. Nothing of it is part of codeaug.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent / ".demo" / "sources"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"
SECONDS = 600


@dataclass(frozen=True)
class Corpus:
    """A project: the language, the registry's name and version, and SHA-256 of each file."""

    language: str
    name: str
    version: str
    hashes: tuple[str, ...]
    group: str = ""
    settings: str = ""


CORPORA = {
    corpus.name: corpus
    for corpus in (
        Corpus(
            "python", "cachetools", "8.0.0",
            ("5ed01bd676800d51f0025605e4fd8ad0891550513e7b0a4c3da478463764e5c3",),
        ),
        Corpus(
            "python", "boltons", "26.2.0",
            ("d39cfd15c1a1c3bd4d705c82252fa9edb8e4f5e8cc039f8e39afac7b1b47e92c",),
        ),
        Corpus(
            "python", "inflection", "0.5.1",
            ("1a29730d366e996aaacffb2f1f1cb9593dc38e2ddd30c91250c6dde09ea9b417",),
        ),
        Corpus(
            "python", "toolz", "1.2.0",
            ("9667a038e9d6ecba37995e26cb2f59ec6420b6ad8dd9677de59db9b956b08490",),
        ),
        Corpus(
            "python", "tabulate", "0.10.0",
            ("e2cfde8f79420f6deeffdeda9aaec3b6bc5abce947655d17ac662b126e48a60d",),
        ),
        Corpus(
            "java", "commons-csv", "1.10.0",
            (
                "94fa4e32ed1c1aeba053dfac8b69fb7f0d267a70c633ce85ed2a5fa9659be00f",
                "585e4ac4de890b62114c7c7b5501245260e7a40c07dad746b37261aee06811e4",
                "243541ad501e43ef09bacf7a86c87f7c3ed018d34a823ff5f54e5a8c5811094f",
            ),
            "org.apache.commons",
        ),
        Corpus(
            "java", "commons-codec", "1.15",
            (
                "7019940b2298d333edb946e2db3d10f1caacbbd52bb64e85832cfd0017e049cc",
                "cd370d693b35354351359f86a81de11aa090e10a4e95dd54337eba1141a2c89e",
                "c86ee198a35a3715487860f419cbf642e7e4d9e8714777947dbe6a4e3a20ab58",
            ),
            "commons-codec",
        ),
        Corpus(
            "java", "commons-cli", "1.5.0",
            (
                "ab59e7a5afa247587c30459b5184cb0f664baeb1e317e165323995783044ac79",
                "265c18cbdf6a9f97d0ba3cc5e5f00caad03e0eb5d9a66166c5aa439061bd1ed0",
                "4eec43c4fc2804cbeb43699cabfa82fa062871fcc1dcfd10902a5d82520674c0",
            ),
            "commons-cli",
        ),
        Corpus(
            "java", "commons-text", "1.10.0",
            (
                "e767596163da9b22e8fc83ff954e41e19e96744df7625b06f8daac3c4d60f79d",
                "f898985ad93955366d372fb15d51213340ffd8fbc6cdb4289e448d92b612cf32",
                "388dd52348ba1842aa38aeb897c91d270b14661eb875a20fd98031535ab27567",
            ),
            "org.apache.commons",
            # What the JARs hold of the tests' data has no licence headers.
            '[build.maven]\narguments = ["-Drat.skip"]\n',
        ),
        Corpus(
            "java", "commons-io", "2.11.0",
            (
                "8c5746d4e96ed0300a7252b1d4cb65111b19400d28a929ca8e0e4b637875f1ee",
                "f2a695810d1ca3c2966d3f71ec4fc4182ce822a015d9cf917541ed4f4eb2fa6c",
                "2e016fd7e3244b5f2c20acad834d93aa4790486ee1e4564641361a3e831eef59",
            ),
            "commons-io",
        ),
        Corpus(
            "cpp", "tinyxml2", "9.0.0",
            ("96510f47a5db537f70dff3e83dd71fd2180cbba4aa76c589a549467e7f34bc9b",),
        ),
        Corpus(
            "cpp", "double-conversion", "3.2.1",
            ("e40d236343cad807e83d192265f139481c51fc83a1c49e406ac6ce0a0ba7cd35",),
        ),
        Corpus(
            "cpp", "libjsoncpp", "1.9.5",
            ("f409856e5920c18d0c2fb85276e24ee607d2a09b5e7d5f0a371368903c275da2",),
            settings='[build.cmake]\nconfigure = ["-DJSONCPP_WITH_POST_BUILD_UNITTEST=OFF"]\n',
        ),
        Corpus(
            "cpp", "muparser", "2.3.3",
            ("91d26d8274ae9cd9c776ee58250aeddc6b574f369eafd03b25045b858a2b8177",),
            settings='[build.cmake]\nconfigure = ["-DENABLE_OPENMP=OFF"]\n',
        ),
        Corpus(
            "cpp", "pugixml", "1.13",
            ("5c5ad5d7caeb791420408042a7d88c2c6180781bf218feca259fd9d840a888e1",),
        ),
    )
}  # fmt: skip


def fetch(name: str) -> Path:
    """The folder of the project, fetched and verified once. Exits with a sentence when it fails."""
    corpus = CORPORA[name]
    folder = HOME / f"{corpus.name}-{corpus.version}"
    if not folder.exists():
        parts = HOME / f"{folder.name}.parts"
        shutil.rmtree(parts, ignore_errors=True)
        parts.mkdir(parents=True)
        print(f"fetching {corpus.name} {corpus.version}", file=sys.stderr)
        unpacked = {"python": _sdist, "java": _maven, "cpp": _debian}[corpus.language](
            corpus, parts
        )
        if corpus.settings:
            (unpacked / "codeaug.toml").write_text(corpus.settings)
        unpacked.rename(folder)
        shutil.rmtree(parts)
    return folder


def _sdist(corpus: Corpus, parts: Path) -> Path:
    _run(
        [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps",
         "--no-binary", ":all:", "-d", str(parts), f"{corpus.name}=={corpus.version}"],
    )  # fmt: skip
    (archive,) = parts.glob("*.tar.gz")
    return _unpacked(archive, corpus.hashes[0])


def _maven(corpus: Corpus, parts: Path) -> Path:
    project = parts / "project"
    coordinates = f"{corpus.group}:{corpus.name}:{corpus.version}"
    for kind in ("jar:sources", "jar:test-sources", "pom"):
        _run(["mvn", "-q", "-B", COPY, f"-Dartifact={coordinates}:{kind}",
              f"-DoutputDirectory={parts}"])  # fmt: skip
    stem = f"{corpus.name}-{corpus.version}"
    sources, tests = parts / f"{stem}-sources.jar", parts / f"{stem}-test-sources.jar"
    for jar, kind, expected in ((sources, "main", 0), (tests, "test", 1)):
        _verify(jar, corpus.hashes[expected])
        with zipfile.ZipFile(jar) as archive:
            for member in archive.namelist():
                if not member.startswith("META-INF/") and not member.endswith("/"):
                    place = "java" if member.endswith(".java") else "resources"
                    archive.extract(member, project / "src" / kind / place)
    _verify(parts / f"{stem}.pom", corpus.hashes[2])
    shutil.copy(parts / f"{stem}.pom", project / "pom.xml")
    return project


def _debian(corpus: Corpus, parts: Path) -> Path:
    """The upstream archive of a Debian source package; the system's own lists stay as they are."""
    lists = parts / "lists"
    (lists / "partial").mkdir(parents=True)
    sources = parts / "sources.sources"
    known = Path("/etc/apt/sources.list.d").glob("*.sources")
    text = "\n".join(path.read_text() for path in known)
    sources.write_text(text.replace("Types: deb\n", "Types: deb-src\n"))
    if "deb-src" not in text and Path("/etc/apt/sources.list").exists():
        classic = Path("/etc/apt/sources.list").read_text()
        if classic.strip():
            sources = parts / "sources.list"
            sources.write_text(
                "\n".join(
                    "deb-src" + line[3:] for line in classic.splitlines() if line[:4] == "deb "
                )
            )
    options = ["-o", f"Dir::Etc::sourcelist={sources}", "-o", "Dir::Etc::sourceparts=/dev/null",
               "-o", f"Dir::State::lists={lists}", "-o", "Dir::Cache::pkgcache=",
               "-o", "Dir::Cache::srcpkgcache=", "-o", "APT::Sandbox::User="]  # fmt: skip
    _run(["apt-get", "-qq", *options, "update"])
    _run(["apt-get", "-qq", *options, "source", "--download-only", corpus.name], cwd=parts)
    archives = [p for p in parts.glob("*.orig.tar.*") if not p.name.endswith(".asc")]
    return _unpacked(archives[0], corpus.hashes[0])


def _unpacked(archive: Path, expected: str) -> Path:
    _verify(archive, expected)
    target = archive.parent / "unpacked"
    with tarfile.open(archive) as tar:
        tar.extractall(target, filter="data")
    (only,) = target.iterdir()
    return only


def _verify(path: Path, expected: str) -> None:
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != expected:
        sys.exit(f"{path.name} has the hash {found}, not {expected}: it is not used.")


def _run(args: list[str], cwd: Path | None = None) -> None:
    try:
        done = subprocess.run(args, cwd=cwd, capture_output=True, text=True, timeout=SECONDS)
    except FileNotFoundError:
        sys.exit(f"{args[0]} is missing on this machine: run .ci/tools")
    if done.returncode:
        sys.exit(f"{args[0]} failed:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    for wanted in sys.argv[1:] or CORPORA:
        print(fetch(wanted))
