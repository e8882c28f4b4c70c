"""What is always said the same is worked out in advance, in the language of the screen."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.app import demo_station
from kiosk.clock import ManualClock
from kiosk.devices.speech.cache import SpeechCache
from kiosk.devices.speech.sentences import clips
from ui.prompts import Prompts, fixed_sentences
from ui.stage import Stage


def test_refusals_hints_and_nothing_with_a_gap(app: QGuiApplication) -> None:
    found = fixed_sentences()
    assert "现在连不上网。" in found
    assert "看到码了，请再靠近一点。" in found
    assert not any("{" in sentence for sentence in found)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_they_and_the_cautions_are_in_the_cache(
    app: QGuiApplication, tmp_path: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.prompts.fixed_sentences", lambda: fixed_sentences()[:3])
    station = demo_station(tmp_path / "kiosk", ManualClock(), devices={"speech": "espeak:sink", "camera": ""})
    station.start()
    stage = Stage(station, app, [])
    try:
        stage.face.settings.set_language(language)
        prompts = Prompts(stage.face.context, stage.face.shell)
        prompts.prepare()
        offer = station.desk.call(station.supplies.offer, "huoxiang")
        assert offer.caution is not None
        wanted = [clip for point in offer.caution.points for clip in clips(point.get(language), language)]
        cache = SpeechCache(tmp_path / "kiosk" / "speech")
        stage.until(lambda: all(cache.find(clip) for clip in wanted), "the cautions")
    finally:
        stage.close()
        station.stop()
