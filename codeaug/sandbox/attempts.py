"""The inside of `codeaug.sandbox.attacks`: each function tries to get out, and runs in a sandbox.

Returns what it got hold of, or "" when it got nothing; an OSError is a refusal too. Needs nothing
but the standard library, since it is run as a program: `attempts.py NAME ARGUMENT...`.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import mmap
import os
import pty
import signal
import socket
import struct
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

MIB = 1 << 20
_LIBC = ctypes.CDLL(None, use_errno=True)
_CLONE_NEWUSER, _CLONE_NEWNS = 0x10000000, 0x00020000
# x86_64, aarch64
_NUMBERS = {
    "clone": (56, 220),
    "clone3": (435, 435),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "io_uring_setup": (425, 425),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "fsopen": (430, 430),
    "memfd_create": (319, 279),
    "shmget": (29, 194),
    "name_to_handle_at": (303, 264),
}


def _call(name: str, *arguments: object) -> int:
    """A system call by name. Raises OSError."""
    number = _NUMBERS[name][os.uname().machine == "aarch64"]
    wide = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    result = _LIBC.syscall(ctypes.c_long(number), *wide)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return int(result)


def _first(attempts: list[Callable[[], str]]) -> str:
    """What the first successful attempt got. Raises the last refusal when none was."""
    refusal: OSError | None = None
    for attempt in attempts:
        try:
            if got := attempt():
                return got
        except OSError as error:
            refusal = error
    if refusal:
        raise refusal
    return ""


def _in_child(action: Callable[[], object]) -> bool:
    """Whether `action` comes to its end in a child process."""
    child = os.fork()
    if child == 0:
        try:
            action()
            os._exit(0)
        except BaseException:
            os._exit(1)
    return os.waitpid(child, 0)[1] == 0


# --- files ----------------------------------------------------------------------------------------


def read_files(*paths: str) -> str:
    def attempt(path: str) -> str:
        if os.path.isdir(path):
            return f"{path}: {names}" if (names := os.listdir(path)) else ""
        with open(path, "rb") as stream:
            return f"{path}: {len(stream.read(100))} bytes"

    return _first([partial(attempt, path) for path in paths])


def read_through_proc(path: str) -> str:
    pids = [name for name in os.listdir("/proc") if name.isdigit()]
    return read_files(*(f"/proc/{pid}/{link}{path}" for pid in pids for link in ("root", "cwd/..")))


def write_files(*folders: str) -> str:
    def attempt(folder: str) -> str:
        path = f"{folder}/codeaug-was-here"
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY))
        return f"wrote {path}"

    return _first([partial(attempt, folder) for folder in folders])


def write_kernel_settings() -> str:
    """Opens them for writing and writes nothing: who is root outside would change the machine."""

    def attempt(path: str) -> str:
        os.close(os.open(path, os.O_WRONLY))
        return f"opened {path} for writing"

    names = ("sys/kernel/core_pattern", "sys/vm/drop_caches", "sysrq-trigger")
    paths = (*(f"/proc/{name}" for name in names), "/sys/fs/cgroup/release_agent")
    return _first([partial(attempt, path) for path in paths])


def open_devices() -> str:
    names = ("mem", "kmsg", "kvm", "fuse", "vda", "sda", "nvme0n1", "loop-control", "net/tun")
    return read_files(*(f"/dev/{name}" for name in names if os.path.exists(f"/dev/{name}")))


def make_device() -> str:
    os.mknod("/tmp/device", 0o60666, os.makedev(8, 0))
    return "made a block device"


def change_base(*paths: str) -> str:
    """Every way to change a file of the tree; whether the original changed is seen outside."""
    for path in paths:
        os.chmod(path, 0o777)
        with open(path, "r+b") as stream:
            stream.write(b"changed")
        with mmap_of(path) as view:
            view[0:1] = b"X"
        os.link(path, path + ".link")
        os.unlink(path)
        os.rename(path + ".link", path)
        os.truncate(path, 3)
    return ""


def mmap_of(path: str) -> mmap.mmap:
    with open(path, "r+b") as stream:
        return mmap.mmap(stream.fileno(), 0)


def leave_traps(target: str) -> str:
    """What a careless reader outside would follow, read for ever, or hand out."""
    os.symlink("/etc/passwd", "link.xml")
    os.symlink("/etc", "folder")
    os.symlink(target, "outside")
    os.mkfifo("pipe.xml")
    with open("huge.xml", "wb") as stream:
        stream.truncate(32 * MIB)
    server = socket.socket(socket.AF_UNIX)
    server.bind("socket.xml")
    for source in ("/etc/passwd", "/usr/bin/env", "/deps/file"):
        try:
            os.link(source, "hard.xml")
        except OSError:
            continue
    return ""


def leave_maze() -> str:
    """Folders that are hard to remove: deeper than a path may be long, and closed."""
    for _ in range(3000):
        os.mkdir("d")
        os.chdir("d")
    os.mkdir("/repo/closed")
    Path("/repo/closed/file").write_text("")
    os.chmod("/repo/closed", 0)
    return ""


def read_git() -> str:
    return read_files("/repo/.git/config", "/repo/.git")


# --- the caller's environment, descriptors and processes ------------------------------------------


def find_in_environment(text: str) -> str:
    found = [name for name, value in os.environ.items() if text in value]
    for pid in (name for name in os.listdir("/proc") if name.isdigit()):
        try:
            with open(f"/proc/{pid}/environ", "rb") as stream:
                if text.encode() in stream.read():
                    found.append(f"/proc/{pid}/environ")
        except OSError:
            continue
    return ", ".join(found)


def use_descriptors() -> str:
    expected = {0, 1, 2, int(os.environ["CODEAUG_REPORT"])}
    found = []
    for name in os.listdir("/proc/self/fd"):
        if int(name) not in expected:
            try:
                found.append(f"{name}: {os.readlink(f'/proc/self/fd/{name}')}")
            except OSError:
                continue  # the listing itself
    return ", ".join(found)


def see_processes(text: str) -> str:
    for pid in (name for name in os.listdir("/proc") if name.isdigit()):
        if pid != str(os.getpid()) and pid != "1":
            try:
                line = Path(f"/proc/{pid}/cmdline").read_bytes()
            except OSError:  # it has just ended
                continue
            if text.encode() in line and b"attempts.py" not in line:
                return f"process {pid}: {line!r}"
    return ""


def kill_process(pid: str) -> str:
    os.kill(int(pid), signal.SIGKILL)
    return f"killed {pid}"


def survive(path: str) -> str:
    """A daemon in a session of its own, all descriptors closed, that goes on writing."""
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for descriptor in range(64):
                try:
                    os.close(descriptor)
                except OSError:
                    continue
            for beat in range(600):
                Path(path).write_text(str(beat))
                time.sleep(0.02)
        os._exit(0)
    while not os.path.exists(path):
        time.sleep(0.01)
    return ""


def run_for_ever() -> str:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGALRM):
        signal.signal(number, signal.SIG_IGN)
    while True:
        pass


def reach_launcher(device: str, inode: str) -> str:
    """The program outside that started us, past the read-only mounts. Is opened to read only."""
    for pid in (name for name in os.listdir("/proc") if name.isdigit()):
        program = os.open(f"/proc/{pid}/exe", os.O_RDONLY)
        state, mount = os.fstat(program), os.fstatvfs(program)
        same = (state.st_dev, state.st_ino) == (int(device), int(inode))
        if same and state.st_uid == os.getuid() and not mount.f_flag & os.ST_RDONLY:
            return f"{os.readlink(f'/proc/{pid}/exe')}, which we may write to"
    return ""


# --- network --------------------------------------------------------------------------------------


def connect(*addresses: str) -> str:
    def attempt(address: str) -> str:
        host, _, port = address.rpartition(":")
        with socket.create_connection((host, int(port)), 3):
            return f"connected to {address}"

    return _first([partial(attempt, address) for address in addresses])


def find_route() -> str:
    """A datagram socket connects as soon as there is a way to the internet; nothing is sent."""

    def attempt(family: socket.AddressFamily, host: str) -> str:
        with socket.socket(family, socket.SOCK_DGRAM) as datagrams:
            datagrams.connect((host, 53))
            return f"a route to {host}"

    return _first(
        [
            lambda: attempt(socket.AF_INET, "192.0.2.1"),
            lambda: attempt(socket.AF_INET6, "2001:db8::1"),
        ]
    )


def connect_unix(*addresses: str) -> str:
    def attempt(address: str) -> str:
        with socket.socket(socket.AF_UNIX) as stream:
            stream.connect("\0" + address[1:] if address.startswith("@") else address)
            return f"connected to {address}"

    return _first([partial(attempt, address) for address in addresses])


def open_foreign_sockets() -> str:
    def attempt(family: int, kind: int) -> str:
        with socket.socket(family, kind):
            return f"socket of family {family}"

    return _first(
        [
            lambda: attempt(40, socket.SOCK_STREAM),  # AF_VSOCK
            lambda: attempt(38, socket.SOCK_SEQPACKET),  # AF_ALG
        ]
    )


# --- the kernel -----------------------------------------------------------------------------------


def trace() -> str:
    traced = _in_child(lambda: _call("ptrace", 0, 0, 0, 0))
    return "traced a process" if traced else ""


def read_memory() -> str:
    secret = ctypes.create_string_buffer(b"secret", 7)
    target = ctypes.create_string_buffer(7)
    local = struct.pack("NN", ctypes.addressof(target), 7)
    remote = struct.pack("NN", ctypes.addressof(secret), 7)
    _call("process_vm_readv", os.getpid(), local, 1, remote, 1, 0)
    return f"read {target.value!r}"


def read_reporter(*, hidden: bool = True) -> str:
    """The memory of our own program, which holds the nonce: it asks the kernel to hide it."""
    if hidden:
        _LIBC.prctl(4, 0, 0, 0, 0)  # PR_SET_DUMPABLE
    reporter = os.getpid()

    def read() -> None:
        os.close(os.open(f"/proc/{reporter}/mem", os.O_RDONLY))

    return "opened the memory of its parent" if _in_child(read) else ""


def read_unhidden_reporter() -> str:
    return read_reporter(hidden=False)


def use_io_uring() -> str:
    return f"ring {_call('io_uring_setup', 8, ctypes.create_string_buffer(256))}"


def use_keys() -> str:
    return _first(
        [
            lambda: f"session keyring {_call('keyctl', 0, -3, 1)}",
            lambda: f"key {_call('add_key', b'user', b'codeaug', b'x', 1, -3)}",
        ]
    )


def new_user_namespace() -> str:
    def unshare() -> None:
        if _LIBC.unshare(_CLONE_NEWUSER):
            raise OSError

    def clone() -> None:
        child = _call("clone", _CLONE_NEWUSER | signal.SIGCHLD, 0, 0, 0, 0)
        if child == 0:
            os._exit(0)
        os.waitpid(child, 0)

    def clone3() -> None:
        request = struct.pack("QQQQQQQQ", _CLONE_NEWUSER, 0, 0, 0, signal.SIGCHLD, 0, 0, 0)
        child = _call("clone3", request, len(request))
        if child == 0:
            os._exit(0)
        os.waitpid(child, 0)

    return ", ".join(way.__name__ for way in (unshare, clone, clone3) if _in_child(way))


def mount() -> str:
    def old() -> None:
        _LIBC.unshare(_CLONE_NEWUSER | _CLONE_NEWNS)  # its owner may mount; refused, try anyway
        if _LIBC.mount(b"none", b"/tmp", b"tmpfs", 0, None):
            raise OSError

    def remount() -> None:
        if _LIBC.mount(None, b"/usr", None, 0x1020, None):  # MS_REMOUNT|MS_BIND without read-only
            raise OSError

    def new() -> None:
        _call("fsopen", b"tmpfs", 0)

    return ", ".join(way.__name__ for way in (old, remount, new) if _in_child(way))


def load_bpf() -> str:
    """A map; where that needs privileges, a program may still be loaded: socket filters."""
    return f"map {_call('bpf', 0, struct.pack('IIII', 2, 4, 4, 1) + bytes(112), 128)}"


def count_events() -> str:
    event = struct.pack("IIQQQQQ", 1, 128, 1, 0, 0, 0, 0x61) + bytes(80)
    return f"counter {_call('perf_event_open', event, 0, -1, -1, 0)}"


def handle_faults() -> str:
    return f"descriptor {_call('userfaultfd', 1)}"  # UFFD_USER_MODE_ONLY


def file_handle() -> str:
    handle = struct.pack("Ii", 128, 0) + bytes(128)
    mount_id = ctypes.c_int()
    _call("name_to_handle_at", -100, b"/usr", handle, ctypes.byref(mount_id), 0)
    return f"a handle on mount {mount_id.value}"


def foreign_architecture() -> str:
    """getpid() as a 32-bit call, whose numbers a filter for 64 bits would misread."""
    code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    code.write(bytes.fromhex("b814000000cd80c3"))
    address = ctypes.addressof(ctypes.c_char.from_buffer(code))
    call = ctypes.CFUNCTYPE(ctypes.c_int)(address)

    def enter() -> None:
        if call() <= 0:
            raise OSError

    return "a 32-bit system call" if _in_child(enter) else ""


def type_into_terminal() -> str:
    """Put a line into the input of a terminal, as if its user had typed it."""
    _, terminal = pty.openpty()

    def type_line() -> None:
        os.setsid()
        fcntl.ioctl(terminal, 0x540E, 0)  # TIOCSCTTY
        fcntl.ioctl(terminal, 0x5412, b"x")  # TIOCSTI

    return "typed into a terminal" if _in_child(type_line) else ""


def gain_privileges() -> str:
    status = dict(
        line.split(":\t", 1) for line in Path("/proc/self/status").read_text().splitlines()
    )
    found = [name for name in ("CapEff", "CapPrm", "CapBnd", "CapAmb") if int(status[name], 16)]
    if status["NoNewPrivs"].strip() != "1":
        found.append("set-user-id programs work")
    try:
        os.setuid(0)
        found.append("became root")
    except OSError:
        pass
    return ", ".join(found)


# --- using up -------------------------------------------------------------------------------------


def fork_bomb(count: str) -> str:
    for number in range(int(count)):
        try:
            if os.fork() == 0:
                time.sleep(20)
                os._exit(0)
        except OSError as error:
            raise OSError(f"stopped after {number} processes: {error.strerror}") from error
    return f"started {count} processes"


def allocate(mebibytes: str) -> str:
    kept = []
    for _ in range(int(mebibytes) // 8):
        kept.append(bytearray(os.urandom(4096) * 2048))
    return f"allocated {len(kept) * 8} MiB"


def allocate_in_children(mebibytes: str) -> str:
    for _ in range(8):
        if os.fork() == 0:
            allocate(str(int(mebibytes) // 8))
            time.sleep(1)
            os._exit(0)
    codes = [os.wait()[1] for _ in range(8)]
    return "" if any(codes) else f"allocated {mebibytes} MiB in 8 processes"


def allocate_unseen(mebibytes: str) -> str:
    """Memory that belongs to no process's resident set."""

    def anonymous_file() -> str:
        file = _call("memfd_create", b"x", 0)
        for _ in range(int(mebibytes)):
            os.write(file, bytes(MIB))
        return f"{mebibytes} MiB in an anonymous file"

    def shared_segment() -> str:
        segment = _call("shmget", 0, int(mebibytes) * MIB, 0o1600)
        return f"segment {segment} of {mebibytes} MiB"

    return _first([anonymous_file, shared_segment])


def fill(folder: str, mebibytes: str) -> str:
    block = os.urandom(MIB)
    for number in range(int(mebibytes) // 16):
        with open(f"{folder}/fill{number}", "wb") as stream:
            for _ in range(16):
                stream.write(block)
    return f"wrote {mebibytes} MiB to {folder}"


def fill_with_names(folder: str, count: str) -> str:
    for number in range(int(count)):
        os.close(os.open(f"{folder}/{number}", os.O_CREAT | os.O_WRONLY))
    return f"made {count} files in {folder}"


def fill_unseen(mebibytes: str) -> str:
    """A file that is in no folder any more."""
    block = os.urandom(MIB)
    kept = []
    for number in range(int(mebibytes) // 16):
        kept.append(os.open(f"gone{number}", os.O_CREAT | os.O_WRONLY))
        os.unlink(f"gone{number}")
        for _ in range(16):
            os.write(kept[-1], block)
        time.sleep(0.1)
    return f"wrote {mebibytes} MiB to deleted files"


def huge_file(mebibytes: str) -> str:
    with open("huge", "wb") as stream:
        stream.truncate(int(mebibytes) * MIB)
    return f"made a file of {mebibytes} MiB"


def flood(mebibytes: str, *descriptors: str) -> str:
    block = b"x" * (MIB - 1) + b"\n"
    for _ in range(int(mebibytes)):
        for descriptor in descriptors:
            os.write(int(os.environ.get(descriptor, descriptor)), block)
    return ""


# --- verdicts -------------------------------------------------------------------------------------


def forge_report() -> str:
    os.write(int(os.environ["CODEAUG_REPORT"]), b'{"outcome": "passed"}\n')
    return ""


def guess_nonce() -> str:
    """A report with nonces that can be found: standard input read too late, the environment."""
    late = os.read(0, 100).split(b"\n")[0] or b"0" * 32
    found = {late, *(value.encode() for value in os.environ.values())}
    report = int(os.environ["CODEAUG_REPORT"])
    for guess in sorted(found - {b""}):
        os.write(report, guess + b' {"outcome": "passed"}\n')
    return ""


def end_early() -> str:
    os._exit(0)


def main() -> None:
    name, *arguments = sys.argv[1:]
    try:
        got = globals()[name](*arguments)
        print(json.dumps({"got": got, "refusal": ""}))
    except OSError as error:
        print(json.dumps({"got": "", "refusal": str(error)}))


if __name__ == "__main__":
    main()
