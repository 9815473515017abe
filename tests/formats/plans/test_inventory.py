"""Every real plan file is read with the counts of an inventory made by other tools, or refused with a sentence."""

import pytest
from benchmarks.imports import expected, plan_files, read_folder

from tests.shared_data import shared_data


@pytest.mark.slow
@pytest.mark.parametrize("name", ["mpxj-junit", "mpsplib-mpp", "other-tools"])
def test_every_file_is_read_with_the_counts_of_the_inventory(name: str) -> None:
    folder = shared_data(name)
    found, wanted = read_folder(folder), expected(folder)
    assert found.differing == []
    assert found.read + len(found.refused) == len(plan_files(folder)) > 0
    assert {file for file in found.refused if wanted.get(file, {}).get("mpxj_16_10_status") != "err"} == set()
    for sentence in found.refused.values():
        assert sentence.endswith(".")
        assert "xception" not in sentence
        assert "mpxj" not in sentence.lower()
