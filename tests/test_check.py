"""`./check` fails when any gate fails, and names it."""

import pytest

from wanzhou import check


def test_it_goes_through_every_gate_and_names_what_failed(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check, "GATES", {"first": ["true"], "second": ["false"], "third": ["true"]})
    monkeypatch.setattr(check, "TESTS", ["true"])
    monkeypatch.setattr(check, "PURE_COVERED", ["sh", "-c", "echo lights.py 90%; false"])
    with pytest.raises(SystemExit, match=r"not passed: second, coverage of the pure modules$"):
        check.main([])
    said = capfd.readouterr().out
    assert "== third" in said
    assert "lights.py 90%" in said


def test_it_passes_only_when_all_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "GATES", {"first": ["true"]})
    monkeypatch.setattr(check, "PURE_COVERED", ["true"])
    monkeypatch.setattr(check, "TESTS", ["true"])
    check.main([])
    monkeypatch.setattr(check, "TESTS", ["false"])
    with pytest.raises(SystemExit, match="not passed: tests"):
        check.main(["tests/test_check.py"])
