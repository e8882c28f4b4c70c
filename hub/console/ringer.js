// The bell of the desk: two notes by WebAudio, quicker for an alarm. A browser lets a page sound only after somebody has
// touched it, so the bell may have to be woken.

const PERIOD = 2400; // ms between rings
const ALARM_PERIOD = 900;

export class Ringer {
  #context = null; #timer = 0; #alarm = false;

  constructor() {
    this.#context = new AudioContext();
    const first = () => {
      this.wake();
      if (this.awake) removeEventListener("pointerdown", first);
    };
    addEventListener("pointerdown", first);
  }

  get awake() { return this.#context.state === "running"; }

  wake() { this.#context.resume().catch(() => {}); }

  ring(on, alarm) {
    if (!on) return this.quiet();
    if (this.#timer && alarm === this.#alarm) return;
    this.quiet();
    this.#alarm = alarm;
    this.wake();
    this.#strike();
    this.#timer = setInterval(() => this.#strike(), alarm ? ALARM_PERIOD : PERIOD);
  }

  quiet() {
    clearInterval(this.#timer);
    this.#timer = 0;
  }

  #strike() {
    const notes = this.#alarm ? [988, 740, 988] : [659, 523];
    notes.forEach((pitch, number) => this.#note(pitch, number * (this.#alarm ? 0.16 : 0.35)));
  }

  #note(pitch, after) {
    const at = this.#context.currentTime + after;
    const tone = new OscillatorNode(this.#context, { frequency: pitch, type: "triangle" });
    const volume = new GainNode(this.#context, { gain: 0 });
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.35, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.5);
    tone.connect(volume).connect(this.#context.destination);
    tone.start(at);
    tone.stop(at + 0.55);
  }
}
