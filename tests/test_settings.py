"""Settings and identities of the user on this machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from verhalen.settings import Settings, coder_identity, load_settings, save_settings


def test_windows_that_start_at_once_agree_on_who_a_coder_is(home: Path) -> None:
    ask = "from verhalen.settings import coder_identity; print(coder_identity('Mieke'))"
    running = [subprocess.Popen([sys.executable, "-c", ask], stdout=subprocess.PIPE, text=True) for _ in range(6)]
    said = {process.communicate(timeout=60)[0].strip() for process in running}
    assert said == {coder_identity("Mieke")}
    assert [path.suffix for path in (home / "coders").iterdir()] == [""]


def test_a_coder_stays_one_where_the_disk_knows_no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("os.link", no_links)
    assert coder_identity("Mieke") == coder_identity("Mieke")


def test_two_names_are_two_coders_and_one_name_stays_one() -> None:
    assert coder_identity("Jan") == coder_identity("Jan")
    assert coder_identity("Jan") != coder_identity("jan")


def test_a_home_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    monkeypatch.setenv("VERHALEN_HOME", str(blocked))
    assert len(coder_identity("Jan")) == 32
    save_settings(Settings(language="en"))
    assert load_settings() == Settings()


def test_settings_come_back_and_a_broken_file_gives_the_defaults(home: Path) -> None:
    save_settings(Settings(language="en", coder="Els", keys={"undo": "ctrl+u"}))
    assert load_settings() == Settings(language="en", coder="Els", keys={"undo": "ctrl+u"})
    (home / "settings.json").write_text("{ broken")
    assert load_settings() == Settings()
