"""The voice: a thread that takes the most important prompt, works it out a sentence ahead, and plays it."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from enum import Enum, auto

from kiosk.devices.ports import DeviceHealth, DeviceState, SpeechPriority, Utterance
from kiosk.devices.speech.player import Player, Playing
from kiosk.devices.speech.queue import SpeechQueue
from kiosk.devices.speech.sentences import Clip, clips
from kiosk.devices.speech.synthesizer import Synthesizer, Unwanted
from kiosk.errors import DeviceError

log = logging.getLogger(__name__)
RETRY_SECONDS = 30.0  # after this a silent machine looks again whether it has got a voice
_PREPARED_AT_MOST = 1000


class _Outcome(Enum):
    SPOKEN = auto()
    CUT = auto()
    UNHEARD = auto()


class _Turn:
    """What is being said now, and who waits for it."""

    def __init__(self, utterance: Utterance) -> None:
        self.utterance = utterance
        self.waiting = [utterance.on_done]
        self.cut = threading.Event()
        self.playing: Playing | None = None

    def same_words(self, other: Utterance) -> bool:
        mine = self.utterance
        return (mine.text, mine.language, mine.priority) == (other.text, other.language, other.priority)


class SpokenSpeech:
    """Speech by `synthesizer` and `player`. Every method may be called from any thread and none waits for speech.

    Nothing is started before something is asked of it. `on_unheard` gets what could not be heard; it and `on_done` are
    called on the thread of the voice, or on the caller's. `absent` is the health of a machine without a sound card.
    """

    def __init__(
        self,
        synthesizer: Synthesizer,
        player: Player,
        on_unheard: Callable[[Utterance], object],
        absent: DeviceState = DeviceState.SICK,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._synthesizer = synthesizer
        self._player = player
        self._on_unheard = on_unheard
        self._absent = absent
        self._now = now
        self._lock = threading.Lock()
        self._news = threading.Condition(self._lock)
        self._queue = SpeechQueue()
        self._later: deque[Clip] = deque(maxlen=_PREPARED_AT_MOST)
        self._turn: _Turn | None = None
        self._ducked = self._closed = False
        self._thread: threading.Thread | None = None
        self._health = DeviceHealth(DeviceState.STARTING)
        self._probed_at = 0.0

    def say(self, utterance: Utterance) -> None:
        if not utterance.text.strip():
            _done(utterance, False)
            return
        gone: Utterance | None = None
        with self._news:
            heard = not self._closed and not self._hushed(utterance) and not self._mute()
            if heard:
                turn = self._turn
                if turn and not turn.cut.is_set() and turn.same_words(utterance):
                    turn.waiting.append(utterance.on_done)
                    return
                gone = self._queue.put(utterance, self._now())
                self._wake()
                if turn and utterance.priority >= turn.utterance.priority:
                    self._cut(turn)
        if gone:
            _done(gone, False)
        if not heard:
            self._unheard(utterance)

    def prepare(self, utterances: Iterable[Utterance]) -> None:
        """Work out fixed prompts in advance, whenever nothing else is to be done."""
        wanted = [clip for utterance in utterances for clip in clips(utterance.text, utterance.language)]
        with self._news:
            if not self._closed:
                self._later.extend(clip for clip in wanted if clip not in self._later)
                self._wake()

    def stop(self) -> None:
        """Silence, and what was queued is dropped; an alarm goes on."""
        self._hush(SpeechPriority.ALARM)

    def duck(self, on: bool) -> None:
        with self._lock:
            self._ducked = on
        if on:
            self._hush(SpeechPriority.ALARM)

    def available(self) -> bool:
        with self._news:
            if not self._closed:
                self._wake()
            return self._health.state is DeviceState.WELL

    def health(self) -> DeviceHealth:
        with self._lock:
            return self._health

    def close(self) -> None:
        """Silence for good. Closing twice is harmless."""
        with self._news:
            self._closed = True
            self._news.notify_all()
            thread = self._thread
        self._hush(None)
        if thread is not None and thread is not threading.current_thread():
            thread.join(15)
        self._synthesizer.close()

    # -- with the lock held -------------------------------------------------------------------------------------------

    def _wake(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="speech", daemon=True)
            self._thread.start()
        self._news.notify_all()

    def _hushed(self, utterance: Utterance) -> bool:
        return self._ducked and utterance.priority < SpeechPriority.ALARM

    def _mute(self) -> bool:
        """True on a machine that has no voice; from time to time it is let through, to look again."""
        silent = self._health.state not in (DeviceState.WELL, DeviceState.STARTING)
        return silent and self._now() - self._probed_at < RETRY_SECONDS

    @staticmethod
    def _cut(turn: _Turn) -> None:
        turn.cut.set()
        if turn.playing is not None:
            turn.playing.stop()

    # -- without it ---------------------------------------------------------------------------------------------------

    def _hush(self, below: SpeechPriority | None) -> None:
        with self._news:
            gone = self._queue.clear(below)
            turn = self._turn
            if turn and (below is None or turn.utterance.priority < below):
                self._cut(turn)
        for utterance in gone:
            _done(utterance, False)

    def _unheard(self, utterance: Utterance) -> None:
        try:
            self._on_unheard(utterance)
        except Exception:
            log.exception("words that nobody heard were not shown either")
        _done(utterance, False)

    # -- the thread of the voice --------------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            self._probe()
        except Unwanted:
            return
        while True:
            with self._news:
                while not (self._closed or self._queue or self._later):
                    self._news.wait()
                if self._closed:
                    return
                utterance, stale = self._queue.take(self._now())
                self._turn = _Turn(utterance) if utterance else None
                turn = self._turn
                clip = self._later.popleft() if turn is None and self._later else None
            for old in stale:
                _done(old, False)
            try:
                if turn is not None:
                    self._take_turn(turn)
                elif clip is not None:
                    self._work_ahead(clip)
            except Unwanted:
                log.debug("closed while looking for a voice")
            except Exception:  # the voice must not go for good because of one sentence
                log.exception("speech failed")

    def _probe(self) -> None:
        """Find out whether this machine can speak. Raises Unwanted when it is closed meanwhile."""
        problem = self._player.problem()
        state = self._absent if problem else DeviceState.WELL
        if not problem:
            try:
                self._synthesizer.start(lambda: self._closed)
                self._synthesizer.cache.prune()
            except (DeviceError, OSError) as error:
                problem = str(error.details.get("problem")) if isinstance(error, DeviceError) else str(error)
                state = self._absent
        if problem:
            log.warning("this machine is silent: %s", problem)
        with self._lock:
            self._health = DeviceHealth(state, problem)
            self._probed_at = self._now()

    def _take_turn(self, turn: _Turn) -> None:
        if self.health().state is not DeviceState.WELL:
            self._probe()
        try:
            outcome = self._speak(turn) if self.health().state is DeviceState.WELL else _Outcome.UNHEARD
        except (DeviceError, OSError, EOFError) as error:
            log.warning("not spoken: %s", error)
            outcome = _Outcome.UNHEARD
            self._probe()
        with self._lock:
            self._turn = None
        if outcome is _Outcome.UNHEARD and not turn.cut.is_set():
            try:
                self._on_unheard(turn.utterance)
            except Exception:
                log.exception("words that nobody heard were not shown either")
        for on_done in turn.waiting:
            _tell(on_done, outcome is _Outcome.SPOKEN)

    def _speak(self, turn: _Turn) -> _Outcome:
        """Play clip after clip; while one plays the next is worked out."""
        playing: Playing | None = None
        for clip in clips(turn.utterance.text, turn.utterance.language):
            try:
                sound = self._synthesizer.render(clip, turn.cut.is_set)
            except Unwanted:
                sound = None
            except DeviceError:
                self._finish(playing)
                raise
            ended = self._finish(playing)
            if turn.cut.is_set() or sound is None:
                return _Outcome.CUT
            if not ended:
                return self._lost()
            with self._lock:
                if turn.cut.is_set():
                    return _Outcome.CUT
                playing = turn.playing = self._player.play(sound)
        ended = self._finish(playing)
        if turn.cut.is_set():
            return _Outcome.CUT
        return _Outcome.SPOKEN if ended else self._lost()

    @staticmethod
    def _finish(playing: Playing | None) -> bool:
        return playing is None or playing.wait()

    def _lost(self) -> _Outcome:
        """The player gave up: the card is gone, or busy."""
        self._probe()
        return _Outcome.UNHEARD

    def _work_ahead(self, clip: Clip) -> None:
        if self.health().state is not DeviceState.WELL:
            return
        try:
            self._synthesizer.render(clip, lambda: bool(self._queue) or self._closed)
        except Unwanted:
            with self._lock:
                self._later.append(clip)
        except DeviceError as error:
            log.warning("not prepared: %s", error)


def _done(utterance: Utterance, whole: bool) -> None:
    _tell(utterance.on_done, whole)


def _tell(on_done: Callable[[bool], None] | None, whole: bool) -> None:
    if on_done is not None:
        try:
            on_done(whole)
        except Exception:
            log.exception("somebody who waited for speech failed")
