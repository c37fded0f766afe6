"""The system calls that sandboxed programs may not make, as a filter for `bwrap --seccomp`.

A deny list: builds and tests use too many calls to name them all, and namespaces already take away
what most calls could reach. Listed is what namespaces do not cover: kernel interfaces with a
history of escapes, other processes' memory, keys that the user's session shares, and memory that
no process accounts for.
"""

from __future__ import annotations

import platform
import struct
from errno import EAFNOSUPPORT, ENOSYS, EPERM

from codeaug.errors import NoSandbox

# name: (x86_64, aarch64); from the kernel's syscall tables
_DENIED: dict[str, tuple[int, int]] = {
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "bpf": (321, 280),
    "userfaultfd": (323, 282),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "open_tree_attr": (467, 467),
    "init_module": (175, 105),
    "delete_module": (176, 106),
    "finit_module": (313, 273),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "perf_event_open": (298, 241),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "fanotify_init": (300, 262),
    "lookup_dcookie": (212, 18),
    "nfsservctl": (180, 42),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "syslog": (103, 116),
    "acct": (163, 89),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "vhangup": (153, 58),
    "shmget": (29, 194),
}
# Callers have a second way for these, and take it when told that the kernel lacks the first:
# glibc clone() for clone3(), whose flags lie in memory where a filter cannot look; a temporary
# file for anonymous memory that no process accounts for.
_ABSENT: dict[str, tuple[int, int]] = {
    "clone3": (435, 435),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
}
_CLONE, _SOCKET, _IOCTL = (56, 220), (41, 198), (16, 29)
_NEW_NAMESPACES = 0x7E020080  # every CLONE_NEW* flag
_FAMILIES = (1, 2, 10, 16)  # unix, IPv4, IPv6, netlink; AF_VSOCK reaches the host of a VM
_TERMINAL_INPUT = (0x5412, 0x541C)  # TIOCSTI, TIOCLINUX
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

_LOAD, _EQUAL, _ABOVE, _ANY, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENT_0, _ARGUMENT_1 = 0, 4, 16, 24
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000


def seccomp_filter(machine: str = "") -> bytes:
    """The compiled filter (struct sock_filter[]). Raises NoSandbox for an unknown processor."""
    machine = machine or platform.machine()
    if machine not in _MACHINES:
        raise NoSandbox(f"codeaug has no system call filter for {machine}: use x86_64 or aarch64")
    column, architecture = _MACHINES[machine]
    return b"".join(
        [
            _load(_ARCHITECTURE),
            _jump(_EQUAL, architecture, 1, 0),
            _return(_KILL),
            _load(_NUMBER),
            # x32: the same kernel calls under other numbers
            *([_jump(_ABOVE, 0x40000000, 0, 1), _return(_KILL)] if column == 0 else []),
            *_refuse([call[column] for call in _DENIED.values()], EPERM),
            *_refuse([call[column] for call in _ABSENT.values()], ENOSYS),
            *_arguments(column),
            _return(_ALLOW),
        ]
    )


def _refuse(numbers: list[int], error: int) -> list[bytes]:
    return [b for n in numbers for b in (_jump(_EQUAL, n, 0, 1), _return(_ERROR | error))]


def _arguments(column: int) -> list[bytes]:
    """Calls that are refused for some arguments only. Each block ends with a verdict."""
    clone = [_load(_ARGUMENT_0), _jump(_ANY, _NEW_NAMESPACES, 0, 1), _return(_ERROR | EPERM)]
    socket = [_load(_ARGUMENT_0), *_allow(_FAMILIES), _return(_ERROR | EAFNOSUPPORT)]
    ioctl = [_load(_ARGUMENT_1), *_refuse(list(_TERMINAL_INPUT), EPERM)]
    blocks = [
        (_CLONE[column], [*clone, _return(_ALLOW)]),
        (_SOCKET[column], socket),
        (_IOCTL[column], [*ioctl, _return(_ALLOW)]),
    ]
    return [b for n, block in blocks for b in (_jump(_EQUAL, n, 0, len(block)), *block)]


def _allow(values: tuple[int, ...]) -> list[bytes]:
    return [b for v in values for b in (_jump(_EQUAL, v, 0, 1), _return(_ALLOW))]


def _load(offset: int) -> bytes:
    return struct.pack("=HBBI", _LOAD, 0, 0, offset)


def _jump(test: int, value: int, if_true: int, if_false: int) -> bytes:
    return struct.pack("=HBBI", test, if_true, if_false, value)


def _return(action: int) -> bytes:
    return struct.pack("=HBBI", _RETURN, 0, 0, action)
