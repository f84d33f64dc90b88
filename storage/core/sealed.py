"""Copies of the database that only who has the secret key can open: age, by the library pyrage, as streams.

The public key is a setting; the secret one is needed for a restore alone, and lies elsewhere.
"""

import os
from pathlib import Path
from typing import Any, BinaryIO

SUFFIX = ".age"
_HEADER = b"age-encryption.org/"


class WrongKey(Exception):
    """That is no key, or not the one; the text says which."""


def is_sealed(file: Path) -> bool:
    """Whether a file is one that has to be opened first, whatever it is called. Raises OSError."""
    with file.open("rb") as content:
        return content.read(len(_HEADER)) == _HEADER


def recipient(text: str) -> Any:
    """The public key that is written so. Raises WrongKey, which never quotes it: it may be the secret one."""
    age = _age()
    try:
        return age.x25519.Recipient.from_str(text)
    except age.RecipientError as error:
        raise WrongKey("it is no public key of age, such as age1…") from error


def seal(plain: Path, to: Path, public_key: str) -> None:
    """Write what `plain` holds to `to`, which must not be there, so that only the key's owner reads it.

    Raises WrongKey or OSError.
    """
    with plain.open("rb") as content, _new(to) as target:
        _age().encrypt_io(content, target, [recipient(public_key)])


def open_to(sealed: Path, plain: Path, identity: Path) -> None:
    """Write what `sealed` holds to `plain`, which must not be there, by a secret key in the file `identity`.

    Raises WrongKey or OSError; what is damaged or cut short is an OSError, too.
    """
    age, keys = _age(), _identities(identity)
    with sealed.open("rb") as content, _new(plain) as target:
        try:
            age.decrypt_io(content, target, keys)
        except age.DecryptError as error:
            raise WrongKey(f"no key in {identity} opens it") from error


def _identities(file: Path) -> list[Any]:
    """The secret keys in a file as `age-keygen` writes it: a line each, with comments."""
    age, lines = _age(), file.read_text("utf-8", "replace").splitlines()
    written = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    try:
        found = [age.x25519.Identity.from_str(line) for line in written]
    except age.IdentityError as error:
        raise WrongKey(f"{file} holds no secret key of age, AGE-SECRET-KEY-…") from error
    if not found:
        raise WrongKey(f"{file} holds no secret key of age, AGE-SECRET-KEY-…")
    return found


def _new(path: Path) -> BinaryIO:
    """A new file for its owner alone, whatever the umask."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _age() -> Any:
    """The library, loaded only where copies are sealed or opened."""
    import pyrage

    return pyrage
