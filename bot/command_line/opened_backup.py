"""What `restore` reads: a backup as it lies, or one that is encrypted, opened for as long as it is needed."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bot.kit.cannot_start import CannotStart
from storage.core import sealed, taken_away_file

FLAG = "--identity"
_PREFIX = "opened-"


@contextlib.contextmanager
def opened(file: Path, data_dir: Path, identity: Path | None) -> Iterator[Path]:
    """The backup `file` as a database that can be read, with what was taken away beside it. Raises CannotStart.

    One that is encrypted is opened into a folder of its own in `data_dir`, which is gone when the block ends; one that
    a killed program left goes before.
    """
    for left in data_dir.glob(f"{_PREFIX}*"):
        shutil.rmtree(left, ignore_errors=True)
    if not file.is_file():
        raise CannotStart(f"There is no file {file}.")
    if not _is_sealed(file):
        yield file
        return
    if identity is None:
        raise CannotStart(f"{file} is encrypted. Name the file that has its secret key: {FLAG} key.txt.")
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=data_dir))
    try:
        copy = folder / file.name.removesuffix(sealed.SUFFIX)
        _open(file, copy, identity)
        for beside in file.parent.glob(f"*.{taken_away_file.NAME}"):
            shutil.copyfile(beside, folder / beside.name)
        yield copy
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _is_sealed(file: Path) -> bool:
    try:
        return sealed.is_sealed(file)
    except OSError as error:
        raise CannotStart(f"{file} cannot be read ({error}). Take another backup.") from error


def _open(file: Path, copy: Path, identity: Path) -> None:
    if not identity.is_file():
        raise CannotStart(f"There is no file {identity}.")
    try:
        sealed.open_to(file, copy, identity)
    except sealed.WrongKey as error:
        raise CannotStart(f"{file} stays closed: {error}.") from error
    except OSError as error:
        raise CannotStart(f"{file} cannot be opened ({error}): it is damaged, or the disk is full.") from error
