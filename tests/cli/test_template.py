"""`mainstay template`: what it prints and how it ends."""

from pathlib import Path

import pytest

from mainstay.cli.main import main
from tests.reporting.templating.files import word


def ended(*words: str) -> object:
    with pytest.raises(SystemExit) as end:
        main(["template", *words])
    return end.value.code


def test_a_good_file_and_a_faulty_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "good.docx", tmp_path / "bad.docx"
    good.write_bytes(word("{{marking}}"))
    bad.write_bytes(word("{{markin}}"))
    assert ended(str(good)) == 0
    assert "no faults; uses marking" in capsys.readouterr().out
    assert ended(str(good), str(bad)) == 1
    assert "  Text, at “{{markin}}”: {{markin}} is not known. Did you mean marking?" in capsys.readouterr().out


def test_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(str(tmp_path / "none.docx")) == 3
    assert "There is no file" in capsys.readouterr().err


def test_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended("--names") == 0
    assert "{{table risks}} or {{each risk}}" in capsys.readouterr().out
