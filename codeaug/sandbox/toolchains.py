"""What of this machine a sandbox shows, read-only: system files, tools outside /usr, and for
fetching dependencies the user's own network settings."""

from __future__ import annotations

import functools
import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from codeaug import command

# Of /etc only what programs need to start; nothing that holds a secret.
ETC = (
    "alternatives",
    "ca-certificates",
    "fonts",
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "localtime",
    "maven",
    "mime.types",
    "pki/ca-trust",
    "pki/tls/certs",
    "protocols",
    "services",
    "ssl/certs",
    "ssl/openssl.cnf",
    "timezone",
)
ETC_PREFIXES = ("java", "python3")
SYSTEM_LINKS = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")
_TOOLS = ("java", "javac", "mvn", "gradle", "gcc", "g++", "clang++", "cmake", "ninja", "make")
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib64")

_NETWORK_PREFIXES = ("PIP_",)
_NETWORK_NAMES = {
    *("http_proxy", "https_proxy", "ftp_proxy", "all_proxy", "no_proxy"),
    *("ssl_cert_file", "ssl_cert_dir", "requests_ca_bundle", "curl_ca_bundle"),
    *("maven_opts", "maven_args", "gradle_opts", "java_tool_options"),
}
_PATH_NAMES = (
    *("PIP_CERT", "PIP_CLIENT_CERT", "PIP_CONFIG_FILE", "PIP_FIND_LINKS"),
    *("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"),
)
_JAVA_NAMES = ("MAVEN_OPTS", "GRADLE_OPTS", "JAVA_TOOL_OPTIONS")
# On this machine -> in the sandbox, whose home is /tmp. Of ~/.m2 the settings alone.
_SETTINGS = (
    ("/etc/pip.conf", "/etc/pip.conf"),
    ("~/.pip/pip.conf", "/tmp/.pip/pip.conf"),
    ("~/.config/pip/pip.conf", "/tmp/.config/pip/pip.conf"),
    ("~/.m2/settings.xml", "/tmp/.m2/settings.xml"),
)


def etc_files() -> Iterator[str]:
    """The parts of /etc that every run sees."""
    for name in (*ETC, *_etc_by_prefix()):
        path = f"/etc/{name}"
        if os.path.exists(path):
            yield path


def _etc_by_prefix() -> list[str]:
    return sorted(n for n in os.listdir("/etc") if n.startswith(ETC_PREFIXES))


@dataclass(frozen=True, slots=True)
class Toolchains:
    """Installation folders outside /usr, and what belongs into PATH and JAVA_HOME for them."""

    prefixes: tuple[Path, ...]
    path: tuple[str, ...]
    java_home: str


def toolchains() -> Toolchains:
    """The toolchains that this process itself would use."""
    return _toolchains(os.environ.get("PATH", ""), os.environ.get("JAVA_HOME", ""))


@functools.cache
def _toolchains(path: str, java_home: str) -> Toolchains:
    java = os.path.realpath(java_home) if java_home else ""
    tools = [os.path.realpath(found) for tool in _TOOLS if (found := command.which(tool))]
    programs = [f"{java}/bin/java"] * bool(java) + tools
    outside = [program for program in programs if not _is_system(program)]
    python = (sys.base_prefix, os.path.realpath(sys.base_prefix))
    prefixes = {*map(Path, python), *(Path(program).parent.parent for program in outside)}
    shown = {p for p in prefixes if p.is_dir() and not _is_system(str(p)) and _is_narrow(p)}
    folders = [str(Path(p).parent) for p in outside if Path(p).parent.parent in shown]
    return Toolchains(tuple(sorted(shown)), tuple(dict.fromkeys(folders)), java)


def _is_system(path: str) -> bool:
    return path.startswith(tuple(f"{root}/" for root in _SYSTEM)) or path in _SYSTEM


def _is_narrow(prefix: Path) -> bool:
    """Neither a home folder nor anything above one: a tool in ~/bin does not open all of ~."""
    home = Path.home()
    return prefix != home and prefix not in home.parents and len(prefix.parts) > 2


def network_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The caller's own settings that package managers need to reach their registries."""
    return {
        name: value
        for name, value in environment.items()
        if name.startswith(_NETWORK_PREFIXES) or name.lower() in _NETWORK_NAMES
    }


def network_files(environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Files of the caller that those settings name: path here, path in the sandbox."""
    for name in _PATH_NAMES:
        for value in environment.get(name, "").split():
            if value.startswith("/") and os.path.exists(value) and not _is_system(value):
                yield os.path.realpath(value), value
    for name in _JAVA_NAMES:
        for path in re.findall(r"=(/\S+)", environment.get(name, "")):  # -D...trustStore=FILE
            if os.path.isfile(path) and not _is_system(path):
                yield os.path.realpath(path), path
    for here, there in _SETTINGS:
        path = os.path.expanduser(here)
        if os.path.exists(path):
            yield path, there
    for path in ("/etc/resolv.conf", "/etc/hosts"):
        yield os.path.realpath(path), path
