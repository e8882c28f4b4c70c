"""`python -m kiosk say`: what a sentence becomes, its key, and whether it was heard."""

import json
from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.devices.speech.cache import SpeechCache
from kiosk.devices.speech.sentences import clips


def test_the_sentences_and_their_keys(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["--data-dir", str(tmp_path), "say", "18:30 关门。银行在对面！", "--dry-run", "--json"]) == 0
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [sentence["text"] for sentence in said] == ["十八点三十分 关门。", "yin2 hang2 在对面！"]
    assert said[0]["key"] == SpeechCache.key(clips("18:30 关门。", "zh_CN")[0])
    assert not list(tmp_path.iterdir())


def test_spoken_and_not_spoken(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YIZHAN_SINK_SPEED", "50")
    assert main(["--data-dir", str(tmp_path), "say", "您好", "--voice", "espeak:sink"]) == 0
    assert main(["--data-dir", str(tmp_path), "say", "您好", "--voice", "silent"]) == 1
    assert "silent" in capsys.readouterr().out
