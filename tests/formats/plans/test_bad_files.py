"""Plan files that cannot be read and readings that cost too much: one sentence each, no process or file left behind."""

import tempfile
from pathlib import Path

import pytest

from mainstay.formats.errors import (
    ArchiveRefused,
    Damaged,
    EmptyFile,
    FormatError,
    PasswordProtected,
    Rejected,
    TooLarge,
    TooMuchMemory,
    TooSlow,
    UnknownFormat,
    UnsafeContent,
)  # fmt: skip
from mainstay.formats.plans import Limits, SchedulePool, read_schedule
from mainstay.jobs import limits as processes
from tests.exchange.samples import plan_file
from tests.shared_data import shared_data


@pytest.fixture(autouse=True)
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where readers make their directories, to be found empty again."""
    place = tmp_path / "work"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def kept(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def refused(path: Path, limits: Limits | None = None) -> FormatError:
    with pytest.raises(FormatError) as fault:
        read_schedule(path, limits=limits or Limits())
    sentence = str(fault.value)
    assert sentence.endswith(".")
    assert "xception" not in sentence
    assert str(path.parent) not in sentence
    return fault.value


def large() -> bytes:
    """A Primavera file whose one project has tens of thousands of activities."""
    text = plan_file("SCR-HB", "xer").decode("cp1252")
    head, _table, rest = text.partition("%T\tTASK\r\n")
    lines = rest.split("\r\n")
    fields, first, others = lines[0], lines[1], lines[2:]
    place = fields.split("\t").index("task_id")
    cells = first.split("\t")
    rows = ["\t".join([*cells[:place], str(900_000 + number), *cells[place + 1 :]]) for number in range(60_000)]
    return "\r\n".join([f"{head}%T\tTASK", fields, first, *rows, *others]).encode("cp1252")


def test_a_plan_that_needs_more_memory_than_allowed_is_refused(tmp_path: Path, workplace: Path) -> None:
    fault = refused(kept(tmp_path, "large.xer", large()), Limits(memory_mb=24))
    assert isinstance(fault, TooMuchMemory)
    assert "more than the 24 MB allowed" in str(fault)
    assert list(workplace.iterdir()) == []


def test_a_plan_that_takes_longer_than_allowed_is_stopped(tmp_path: Path, workplace: Path) -> None:
    fault = refused(kept(tmp_path, "large.xer", large()), Limits(seconds=0.05))
    assert isinstance(fault, TooSlow)
    assert "longer than 0.05 seconds and was stopped" in str(fault)
    assert list(workplace.iterdir()) == []


@pytest.mark.slow
def test_a_plan_that_unfolds_to_more_than_may_be_handed_over_is_refused(tmp_path: Path, workplace: Path) -> None:
    fault = refused(kept(tmp_path, "large.xer", large()), Limits(output_mb=1))
    assert isinstance(fault, TooLarge | TooMuchMemory)
    assert list(workplace.iterdir()) == []


def test_a_file_beyond_the_size_allowed_is_not_even_opened(tmp_path: Path, workplace: Path) -> None:
    fault = refused(kept(tmp_path, "large.xer", b"ERMHDR" + b" " * 1_100_000), Limits(file_mb=1))
    assert isinstance(fault, TooLarge)
    assert list(workplace.iterdir()) == []


@pytest.mark.slow
def test_after_a_reading_that_was_stopped_the_next_file_is_read(tmp_path: Path, workplace: Path) -> None:
    good, bad = kept(tmp_path, "good.xer", plan_file("SCR-HB", "xer")), kept(tmp_path, "large.xer", large())
    with SchedulePool(Limits(memory_mb=40)) as pool:
        found = [result for _path, result in pool.read_many([good, bad, good])]
        assert [type(result).__name__ for result in found] == ["ReadResult", "TooMuchMemory", "ReadResult"]
        assert all(place.stat().st_mode & 0o077 == 0 for place in workplace.iterdir())
        readers = [child for child in processes.descendants(processes.os.getpid())[1:] if is_java(child)]
        assert len(readers) == 1
    assert not [child for child in processes.descendants(processes.os.getpid())[1:] if is_java(child)]
    assert list(workplace.iterdir()) == []


def is_java(pid: int) -> bool:
    return b"mainstay.plans.PlanReader" in (processes.PROCESSES / str(pid) / "cmdline").read_bytes()


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.99])
def test_a_primavera_file_that_was_cut_off_is_told_apart_from_a_smaller_plan(part: float, tmp_path: Path) -> None:
    whole = plan_file("SCR-HB", "xer")
    fault = refused(kept(tmp_path, "cut.xer", whole[: int(len(whole) * part)]))
    assert isinstance(fault, Damaged)
    assert "cut off: its last line (%E) is missing" in str(fault)


def test_an_xml_plan_that_was_cut_off_is_damaged(tmp_path: Path) -> None:
    whole = plan_file("SCR-HB", "xml")
    assert isinstance(refused(kept(tmp_path, "cut.xml", whole[: len(whole) // 2])), Damaged)


@pytest.mark.parametrize("name", ["readpassword9.mpp", "bothpassword9.mpp"])
def test_a_plan_with_a_password_says_so(name: str) -> None:
    fault = refused(shared_data("mpxj-junit") / "legacy" / name)
    assert isinstance(fault, PasswordProtected)
    assert "protected by a password. Save it without a password" in str(fault)


def test_a_plan_that_asks_for_its_password_only_to_be_written_is_read() -> None:
    assert read_schedule(shared_data("mpxj-junit") / "legacy" / "writepassword9.mpp").schedules


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_cut_off_mpp_is_damaged_and_not_half_a_plan(part: float, tmp_path: Path) -> None:
    whole = (shared_data("mpxj-junit") / "mpp14task.mpp").read_bytes()
    assert isinstance(refused(kept(tmp_path, "cut.mpp", whole[: int(len(whole) * part)])), Damaged | Rejected)


ENTITIES = b'<!DOCTYPE Project [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE Project [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
BAD = {
    "empty.xer": (b"", EmptyFile),
    "zeros.mpp": (b"\0" * 5000, EmptyFile),
    "text.mpp": (b"Dear colleague, the plan follows.", UnknownFormat),
    "picture.mpp": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, UnknownFormat),
    "packed.xer": (b"PK\x03\x04" + b"\0" * 100, ArchiveRefused),
    "wrong name.mpp": (b"ERMHDR\t19.12\r\n%E\r\n", UnknownFormat),
    "entities.xml": (b'<?xml version="1.0"?>' + ENTITIES + b"<Project><Name>&b;</Name></Project>", UnsafeContent),
    "outside.xml": (b'<?xml version="1.0"?>' + OUTSIDE + b"<Project><Name>&a;</Name></Project>", UnsafeContent),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_what_is_no_plan_is_refused_for_what_it_is(name: str, tmp_path: Path) -> None:
    content, kind = BAD[name]
    assert isinstance(refused(kept(tmp_path, name, content)), kind)
