"""Signatures with a key file: who has the public key can tell that nobody else made the manifest.

The manifest names the digest of every other file, so its signature covers the export. The envelope
(DSSE) holds an in-toto statement about `manifest.json` and lies beside it as `manifest.dsse.json`.
Ed25519 gives the same bytes each time; ECDSA does not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codeaug.errors import MissingTool, UsageError
from codeaug.provenance.comparison import differences, encoded
from codeaug.provenance.dossier import MANIFEST, Dossier, Record
from codeaug.provenance.statements import STATEMENT

if TYPE_CHECKING:
    from securesystemslib.signer import CryptoSigner, SSlibKey

NAME = "manifest.dsse.json"

PAYLOAD = "application/vnd.in-toto+json"
PREDICATE = "urn:codeaug:release:1"
_INSTALL = "signing needs `pip install 'codeaug[signing]'`"


def require_key(key_file: Path) -> None:
    """Raises UsageError unless it can be signed with the key; MissingTool."""
    _signer(key_file)


def sign(folder: Path, key_file: Path) -> Path:
    """Writes the envelope into an export. Raises UsageError; MissingTool."""
    signer = _signer(key_file)
    from securesystemslib.dsse import Envelope

    payload = json.dumps(_statement(folder), ensure_ascii=False, separators=(",", ":")).encode()
    envelope = Envelope(payload, PAYLOAD, {})
    envelope.sign(signer)
    path = folder / NAME
    try:
        path.write_bytes(encoded(envelope.to_dict()))
    except OSError as error:
        raise UsageError(
            f"cannot write {path} ({error.strerror}): give a folder of yours"
        ) from error
    return path


def verify(folder: Path, public_key_file: Path) -> Iterator[str]:
    """What is wrong with the signature, a sentence each. Raises UsageError for no key."""
    key = _public_key(public_key_file)
    try:
        document = json.loads((folder / NAME).read_bytes())
    except OSError:
        yield f"{NAME} is missing: the export is not signed"
        return
    except ValueError:
        yield f"{NAME} is no JSON"
        return
    payload = _verified(document, key)
    if payload is None:
        yield f"{NAME} is not signed by {public_key_file.name}, or was changed after it was signed"
        return
    yield from (f"{NAME}: {problem}" for problem in _disagreements(payload, _statement(folder)))


def _statement(folder: Path) -> Record:
    dossier = Dossier.read(folder)
    try:
        predicate = {"name": dossier.name, "date": dossier.date, "dataset": dossier.identifier}
    except (KeyError, TypeError) as error:
        raise UsageError(f"{folder / MANIFEST} is no manifest: make the export again") from error
    digest = hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()
    return {
        "_type": STATEMENT,
        "subject": [{"name": MANIFEST, "digest": {"sha256": digest}}],
        "predicateType": PREDICATE,
        "predicate": predicate,
    }


def _verified(document: Any, key: SSlibKey) -> bytes | None:
    """The payload, if the key signed it."""
    from securesystemslib.dsse import Envelope
    from securesystemslib.exceptions import VerificationError

    try:
        envelope = Envelope.from_dict(document)
        if envelope.payload_type != PAYLOAD:
            return None
        envelope.verify([key], 1)
    except (VerificationError, KeyError, TypeError, ValueError, AttributeError):
        return None
    return bytes(envelope.payload)


def _disagreements(payload: bytes, expected: Record) -> Iterator[str]:
    try:
        found = json.loads(payload)
    except ValueError:
        yield "what is signed is no JSON"
        return
    yield from differences(found, expected)


# --- keys -----------------------------------------------------------------------------------------


def _signer(path: Path) -> CryptoSigner:
    """Raises UsageError for what is no private key, or one that a passphrase keeps."""
    try:
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.serialization import load_pem_private_key
        from securesystemslib.signer import CryptoSigner
    except ImportError as error:
        raise MissingTool(_INSTALL) from error
    try:
        key = load_pem_private_key(_read(path), password=None)
        _refuse_other_kinds(path, key)
        return CryptoSigner(key)
    except TypeError as error:  # so says the library when a passphrase is needed
        raise UsageError(f"{path} is an encrypted key: give one without a passphrase") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise UsageError(f"{path} is no private key: give an Ed25519 or ECDSA PEM") from error


def _public_key(path: Path) -> SSlibKey:
    try:
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.serialization import load_pem_public_key
        from securesystemslib.signer import SSlibKey
    except ImportError as error:
        raise MissingTool(_INSTALL) from error
    try:
        key = load_pem_public_key(_read(path))
        _refuse_other_kinds(path, key)
        return SSlibKey.from_crypto(key)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise UsageError(f"{path} is no public key: give an Ed25519 or ECDSA PEM") from error


def _refuse_other_kinds(path: Path, key: object) -> None:
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519

    edwards = (ed25519.Ed25519PrivateKey, ed25519.Ed25519PublicKey)
    elliptic = (ec.EllipticCurvePrivateKey, ec.EllipticCurvePublicKey)
    if isinstance(key, edwards):
        return
    if not isinstance(key, elliptic):
        raise UsageError(f"{path} is a key of another kind: give an Ed25519 or ECDSA PEM")
    if key.curve.name not in ("secp256r1", "secp384r1"):
        raise UsageError(f"{path} lies on the curve {key.curve.name}: give one on P-256 or P-384")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read the key {path} ({error.strerror}): give another") from error
