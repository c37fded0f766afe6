"""Signatures of an export with keys in files."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from securesystemslib.dsse import Envelope
from securesystemslib.signer import CryptoSigner

from codeaug.errors import UsageError
from codeaug.provenance.signing import NAME, sign, verify
from tests import dossiers

KINDS = {
    "ed25519": ed25519.Ed25519PrivateKey.generate,
    "P-256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "P-384": lambda: ec.generate_private_key(ec.SECP384R1()),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    dossiers.document(dossiers.export(tmp_path / "export"))
    return tmp_path / "export"


def keys(folder: Path, key: Any, passphrase: bytes = b"") -> tuple[Path, Path]:
    """Files with the private and the public key."""
    locked = serialization.BestAvailableEncryption(passphrase) if passphrase else None
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        locked or serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    (folder / "key.pem").write_bytes(private)
    (folder / "key.pub").write_bytes(public)
    return folder / "key.pem", folder / "key.pub"


@pytest.mark.parametrize("kind", KINDS)
def test_what_one_key_signs_its_public_half_verifies(
    kind: str, folder: Path, tmp_path: Path
) -> None:
    private, public = keys(tmp_path, KINDS[kind]())
    assert sign(folder, private) == folder / NAME
    assert list(verify(folder, public)) == []


def test_the_statement_is_about_the_manifest_and_by_the_rules_of_dsse(
    folder: Path, tmp_path: Path
) -> None:
    private, _ = keys(tmp_path, KINDS["ed25519"]())
    envelope = json.loads(sign(folder, private).read_bytes())
    assert envelope["payloadType"] == "application/vnd.in-toto+json"
    statement = json.loads(base64.b64decode(envelope["payload"]))
    manifest = dossiers.digest((folder / "manifest.json").read_bytes())
    assert statement["_type"] == "https://in-toto.io/Statement/v1"
    assert statement["subject"] == [{"name": "manifest.json", "digest": {"sha256": manifest}}]


def test_ed25519_gives_the_same_bytes_each_time(folder: Path, tmp_path: Path) -> None:
    private, _ = keys(tmp_path, KINDS["ed25519"]())
    assert sign(folder, private).read_bytes() == sign(folder, private).read_bytes()


def test_a_signature_changes_no_other_file(folder: Path, tmp_path: Path) -> None:
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    sign(folder, keys(tmp_path, KINDS["ed25519"]())[0])
    assert {p: p.read_bytes() for p in before} == before
    assert list(dossiers.problems(folder)) == []


def test_the_key_of_somebody_else_does_not_verify(folder: Path, tmp_path: Path) -> None:
    private, _ = keys(tmp_path, KINDS["ed25519"]())
    sign(folder, private)
    for make in KINDS.values():
        other = tmp_path / "other"
        other.mkdir(exist_ok=True)
        (told,) = verify(folder, keys(other, make())[1])
        assert (
            told
            == "manifest.dsse.json is not signed by key.pub, or was changed after it was signed"
        )


def test_a_manifest_that_was_changed_after_it_was_signed_is_told(
    folder: Path, tmp_path: Path
) -> None:
    private, public = keys(tmp_path, KINDS["ed25519"]())
    sign(folder, private)
    dossiers.edit_json(folder / "manifest.json", lambda m: m["counts"].update(variants=9))
    (told,) = verify(folder, public)
    assert "subject[0].digest.sha256" in told


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda e: e.update(payload=e["payload"][:-4]), id="payload"),
        pytest.param(lambda e: e.update(payloadType="text/plain"), id="type"),
        pytest.param(lambda e: e.update(signatures=[]), id="no signature"),
        pytest.param(lambda e: e.pop("signatures"), id="no signatures"),
        pytest.param(lambda e: e["signatures"][0].update(sig="AAAA"), id="signature"),
        pytest.param(lambda e: e["signatures"][0].pop("sig"), id="empty signature"),
        pytest.param(lambda e: e.clear(), id="nothing"),
    ],
)
def test_an_envelope_that_was_changed_does_not_verify(
    change: Any, folder: Path, tmp_path: Path
) -> None:
    private, public = keys(tmp_path, KINDS["ed25519"]())
    sign(folder, private)
    dossiers.edit_json(folder / NAME, change)
    assert list(verify(folder, public))


def test_what_the_same_key_signed_as_something_else_does_not_verify(
    folder: Path, tmp_path: Path
) -> None:
    private, public = keys(tmp_path, KINDS["ed25519"]())
    payload = base64.b64decode(json.loads(sign(folder, private).read_bytes())["payload"])
    key = serialization.load_pem_private_key(private.read_bytes(), None)
    envelope = Envelope(payload, "text/plain", {})
    envelope.sign(CryptoSigner(key))
    (folder / NAME).write_text(json.dumps(envelope.to_dict()))
    (told,) = verify(folder, public)
    assert "is not signed by" in told


def test_a_missing_or_broken_envelope_is_told(folder: Path, tmp_path: Path) -> None:
    _, public = keys(tmp_path, KINDS["ed25519"]())
    assert list(verify(folder, public)) == [f"{NAME} is missing: the export is not signed"]
    (folder / NAME).write_text("{")
    assert list(verify(folder, public)) == [f"{NAME} is no JSON"]
    (folder / NAME).write_text("[]")
    assert "is not signed by" in "".join(verify(folder, public))


def test_keys_that_cannot_sign_are_refused_in_a_sentence(folder: Path, tmp_path: Path) -> None:
    private, public = keys(tmp_path, KINDS["ed25519"](), b"secret")
    with pytest.raises(UsageError, match=r"key\.pem is an encrypted key: give one without"):
        sign(folder, private)
    with pytest.raises(UsageError, match=r"key\.pub is no private key"):
        sign(folder, public)
    private.write_text("not a key")
    with pytest.raises(UsageError, match=r"key\.pem is no private key"):
        sign(folder, private)
    with pytest.raises(UsageError, match=r"cannot read the key .*nowhere"):
        sign(folder, tmp_path / "nowhere")
    with pytest.raises(UsageError, match=r"a key of another kind"):
        sign(folder, keys(tmp_path, rsa.generate_private_key(65537, 2048))[0])
    with pytest.raises(UsageError, match=r"lies on the curve secp521r1"):
        sign(folder, keys(tmp_path, ec.generate_private_key(ec.SECP521R1()))[0])
    assert not (folder / NAME).exists()


def test_keys_that_cannot_verify_are_refused_in_a_sentence(folder: Path, tmp_path: Path) -> None:
    private, public = keys(tmp_path, KINDS["ed25519"]())
    sign(folder, private)
    with pytest.raises(UsageError, match=r"key\.pem is no public key"):
        list(verify(folder, private))
    public.write_text("not a key")
    with pytest.raises(UsageError, match=r"key\.pub is no public key"):
        list(verify(folder, public))
    with pytest.raises(UsageError, match=r"cannot read the key .*nowhere"):
        list(verify(folder, tmp_path / "nowhere"))
