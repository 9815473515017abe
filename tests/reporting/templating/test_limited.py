"""A template that takes too long, too much memory or breaks its reader stops a child process, and neither the request nor the server."""

import io
import time
import zipfile
from pathlib import Path

import pytest

from mainstay.register import document
from mainstay.reporting.templating import limited, making
from mainstay.reporting.templating.filling import TemplateFault
from mainstay.reporting.templating.limited import Limits
from tests.reporting.templating.files import DIGEST, FACTS, part, texts, with_part, word

KEPT = document.to_bytes(FACTS)


def sent(content: bytes, folder: Path, limits: Limits = limited.LIMITS) -> making.Checked:
    path = folder / "own.docx"
    path.write_bytes(content)
    return limited.check(path, "own.docx", limits)


def endless(paragraphs: int = 60_000) -> bytes:
    """Many tokens: each is known, and together they take more than seconds. (Written as text: the library would take a minute.)"""
    one = word("{{initiative.title}}")
    told = part(one, "word/document.xml").decode()
    start, end = told.index("<w:p>"), told.index("</w:p>") + len("</w:p>")
    return with_part(one, "word/document.xml", (told[:start] + told[start:end] * paragraphs + told[end:]).encode())


def test_the_child_says_the_same_as_the_check(tmp_path: Path) -> None:
    content = word("{{initiative.title}} {{initiative.titel}}")
    told = sent(content, tmp_path)
    assert told == making.check(tmp_path / "own.docx", "own.docx") and told.faults


def test_the_child_makes_the_same_bytes() -> None:
    content = word("{{initiative.title}}")
    assert limited.made(content, "docx", KEPT, DIGEST) == making.made(content, "docx", FACTS, DIGEST)


@pytest.mark.slow
def test_one_that_takes_too_long_is_stopped_with_a_sentence(tmp_path: Path) -> None:
    start = time.monotonic()
    told = sent(endless(), tmp_path, Limits(seconds=2))
    assert "takes longer than 2 seconds" in told.faults[0].text
    assert time.monotonic() - start < 30
    with pytest.raises(TemplateFault, match="was stopped"):
        limited.made(endless(), "docx", KEPT, DIGEST, Limits(seconds=2))
    assert sent(word("{{initiative.title}}"), tmp_path).faults == (), "the next one is read"


def test_one_that_takes_too_much_memory_is_stopped_with_a_sentence(tmp_path: Path) -> None:
    told = sent(word("{{initiative.title}}"), tmp_path, Limits(memory_mb=100))
    assert "more than the 100 MB allowed" in told.faults[0].text


def test_a_bomb_is_told_by_the_gate_before_it_is_inflated(tmp_path: Path) -> None:
    written = io.BytesIO(word("{{initiative.title}}"))
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/image1.png", b"\0" * 300_000_000)
    told = sent(written.getvalue(), tmp_path)
    assert told.kind == "" and len(told.faults) == 1 and len(written.getvalue()) < 500_000


def test_facts_that_are_none_are_told_as_such() -> None:
    with pytest.raises(document.DocumentError):
        limited.made(word("{{initiative.title}}"), "docx", b"{}", DIGEST)


def test_a_fault_of_the_template_comes_back_with_its_place() -> None:
    with pytest.raises(TemplateFault, match=r"initiative\.titel"):
        limited.made(word("{{initiative.titel}}"), "docx", KEPT, DIGEST)
    assert FACTS.initiative.title in texts(limited.made(word("{{initiative.title}}"), "docx", KEPT, DIGEST))


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    limited.made(word("{{initiative.title}}"), "docx", KEPT, DIGEST)
    assert list(tmp_path.iterdir()) == []
