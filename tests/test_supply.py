"""What is locked: audited and listed with its licence by commands whose answers are true, also without a network."""

import json

from scripts import audit, licences


def told(**dependency: object) -> str:
    return json.dumps({"dependencies": [{"name": "a", "version": "1.0", **dependency}, {"name": "b", "version": "2"}]})


def test_all_is_well_only_when_all_were_looked_up() -> None:
    found = audit.read(told())
    assert (found.looked_up, found.status) == (2, 0)
    assert found.sentences("run") == ["requirements/run.txt: 2 looked up, 0 advisories."]


def test_what_could_not_be_looked_up_is_said() -> None:
    found = audit.read(told(skip_reason="not found"))
    assert (found.looked_up, found.not_looked_up, found.status) == (1, ("a",), 2)
    assert "Nothing is known of 1 of them" in found.sentences("run")[-1]


def test_without_an_answer_nothing_is_known() -> None:
    for printed in ("", "no network", "[]", "{}"):
        found = audit.read(printed)
        assert found.status == 2 and "Nothing is known of any package" in found.sentences("run")[-1]


def test_an_advisory_is_named_with_where_it_is_corrected() -> None:
    found = audit.read(told(vulns=[{"id": "X-1", "fix_versions": ["1.1"]}, {"id": "X-2", "fix_versions": []}]))
    assert found.status == 1
    assert found.advisories == ("a 1.0: X-1, corrected in 1.1", "a 1.0: X-2, corrected in no version")


def test_every_locked_package_has_its_licence_on_the_page() -> None:
    page = licences.PAGE.read_text("utf-8")
    assert page == licences.page(), "run `make licences`"
    assert len(licences.locked()) > 40 and "not installed here" not in page
