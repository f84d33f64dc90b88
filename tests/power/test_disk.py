"""What may be left of files after a power cut: whatever was flushed, and nothing that was never written."""

import random
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.power.disk import Disk, write_out
from tests.power.tape import Notes, Record, read

ROOT = "/disk"
FILE = 7


def made(path: str = f"{ROOT}/a", file: int = FILE) -> Record:
    return Record("C", 1, file, 0, path.encode())


def written(at: int, data: bytes, file: int = FILE) -> Record:
    return Record("W", 1, file, at, data)


def flushed(number: int = 1, file: int = FILE) -> list[Record]:
    return [Record("S", 1, file, number, b""), Record("s", 1, file, number, b"")]


def folder_flushed(path: str = ROOT, number: int = 100) -> list[Record]:
    return [Record("D", 1, 0, number, path.encode()), Record("d", 1, 0, number, b"")]


def outcomes(records: list[Record], times: int = 300) -> list[dict[str, bytes | None]]:
    """What many cuts behind these records leave."""
    disk, chance = Disk(ROOT), random.Random(5)
    for record in records:
        disk.apply(record)
    return [disk.after_cut(chance) for _ in range(times)]


def test_what_is_flushed_with_its_name_is_always_there() -> None:
    found = outcomes([made(), written(0, b"kept"), *flushed(), *folder_flushed(), written(4, b"more")])
    assert all(each["a"][:4] == b"kept" for each in found)  # type: ignore[index]
    assert {each["a"] for each in found} == {b"kept", b"keptmore"}


def test_a_file_whose_folder_was_not_flushed_may_be_missing() -> None:
    found = outcomes([made(), written(0, b"kept"), *flushed()])
    assert {each.get("a") for each in found} == {None, b"kept"}


def test_a_folder_that_may_be_missing_takes_all_in_it_along() -> None:
    records = [Record("M", 1, 0, 0, f"{ROOT}/sub".encode()), made(f"{ROOT}/sub/a"), written(0, b"x"), *flushed()]
    records += folder_flushed(f"{ROOT}/sub")
    assert any("sub" not in each and "sub/a" not in each for each in outcomes(records))
    assert all(each["sub/a"] == b"x" for each in outcomes([*records, *folder_flushed(number=101)]))


def test_a_file_that_was_renamed_unflushed_may_be_empty() -> None:
    records = [made(), written(0, b"x"), *folder_flushed(), Record("R", 1, 0, 0, f"{ROOT}/a".encode(), b"/disk/b")]
    found = outcomes([*records, *folder_flushed(number=101)])
    assert {each["b"] for each in found} == {b"", b"x"}
    assert all("a" not in each for each in found)
    assert any("a" in each for each in outcomes(records)), "it may have its old name"


def test_what_is_written_while_a_flush_runs_is_not_flushed_by_it() -> None:
    begins, ends = flushed()
    found = outcomes([made(), *folder_flushed(), written(0, b"one"), begins, written(3, b"two"), ends])
    assert {each["a"] for each in found} == {b"one", b"onetwo"}


def test_later_writes_come_apart_by_sectors() -> None:
    new = bytes([1]) * 1024
    found = outcomes([made(), written(0, bytes(1024)), *flushed(), *folder_flushed(), written(0, new)])
    halves = {(each["a"][:512], each["a"][512:]) for each in found}  # type: ignore[index]
    assert (new[:512], bytes(512)) in halves and (bytes(512), new[512:]) in halves
    assert all(len(set(half)) == 1 for pair in halves for half in pair), "a sector is whole"


def test_a_removed_file_may_come_back_until_its_folder_is_flushed() -> None:
    records = [made(), *folder_flushed(), Record("U", 1, 0, 0, f"{ROOT}/a".encode())]
    assert {"a" in each for each in outcomes(records)} == {True, False}
    assert {"a" in each for each in outcomes([*records, *folder_flushed(number=101)])} == {False}


@given(st.lists(st.tuples(st.integers(0, 3000), st.binary(min_size=1, max_size=700), st.booleans()), max_size=12))
def test_with_all_flushed_it_is_as_the_program_wrote_it(writes: list[tuple[int, bytes, bool]]) -> None:
    records, whole = [made(), *folder_flushed()], bytearray()
    for number, (at, data, cuts) in enumerate(writes):
        if cuts:
            records.append(Record("T", 1, FILE, at, b""))
            whole = bytearray(bytes(whole[:at]).ljust(at, b"\0"))
        else:
            records.append(written(at, data))
            whole = bytearray(bytes(whole).ljust(at, b"\0"))
            whole[at : at + len(data)] = data
        if number % 3 == 0:
            records += flushed(number)
    assert outcomes([*records, *flushed(999)], times=3) == [{"a": bytes(whole)}] * 3


def test_the_tape_is_read_as_far_as_it_is_whole_and_files_come_out(tmp_path: Path) -> None:
    notes = Notes(tmp_path / "tape")
    notes.add(update=3)
    notes.add(calls=4)
    notes.close()
    whole = (tmp_path / "tape").read_bytes()
    (tmp_path / "tape").write_bytes(whole[:-1])
    assert [record.note() for record in read(tmp_path / "tape")] == [{"update": 3}]
    write_out({"data": None, "data/bot.db": b"x"}, tmp_path / "after")
    assert (tmp_path / "after" / "data" / "bot.db").read_bytes() == b"x"
