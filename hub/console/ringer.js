// The bell of the desk: two notes for a call, three quick ones for an alarm. It is a sound that repeats by itself, not a
// timer: a browser slows the timers of a tab that is hidden, and an alarm must not wait for it. A browser lets a page sound
// only after somebody has touched it, so the bell may have to be woken.

const PATTERNS = {
  // [seconds until it repeats, [pitch in Hz, seconds after which it sounds], …]
  call: [2.4, [659, 0], [523, 0.35]],
  alarm: [0.9, [988, 0], [740, 0.16], [988, 0.32]],
};
const ORDER = ["alarm", "call"]; // what is heard when both want to ring

class Ringer {
  #context = new AudioContext(); #wanted = new Map(); #sounds = new Map(); #playing = ""; #source = null;

  constructor() {
    const first = () => {
      this.wake();
      if (this.awake) removeEventListener("pointerdown", first);
    };
    addEventListener("pointerdown", first);
    addEventListener("keydown", first, { once: true });
    addEventListener("pagehide", () => this.#play(""));
  }

  get awake() { return this.#context.state === "running"; }
  get playing() { return this.#playing; }

  wake() { this.#context.resume().catch(() => {}); }

  // `who` wants this pattern ("call", "alarm") to be heard, or nothing ("").
  ring(who, pattern) {
    this.#wanted.set(who, pattern);
    const wanted = [...this.#wanted.values()];
    this.#play(ORDER.find((one) => wanted.includes(one)) ?? "");
  }

  #play(pattern) {
    if (pattern === this.#playing) return;
    this.#source?.stop();
    this.#source = null;
    this.#playing = pattern;
    if (!pattern) return;
    this.wake();
    this.#source = new AudioBufferSourceNode(this.#context, { buffer: this.#sound(pattern), loop: true });
    this.#source.connect(this.#context.destination);
    this.#source.start();
  }

  #sound(pattern) {
    if (!this.#sounds.has(pattern)) {
      const [period, ...notes] = PATTERNS[pattern];
      const rate = this.#context.sampleRate;
      const buffer = new AudioBuffer({ length: Math.round(period * rate), sampleRate: rate });
      const samples = buffer.getChannelData(0);
      for (const [pitch, begins] of notes) strike(samples, rate, pitch, begins);
      this.#sounds.set(pattern, buffer);
    }
    return this.#sounds.get(pattern);
  }
}

// One note, which dies away; what is left of it at the end of the period goes on at its beginning.
function strike(samples, rate, pitch, begins) {
  const length = Math.round(0.55 * rate);
  for (let at = 0; at < length; at += 1) {
    const seconds = at / rate;
    const loud = 0.35 * Math.min(1, seconds / 0.02) * Math.exp(-seconds * 10);
    const place = (Math.round(begins * rate) + at) % samples.length;
    samples[place] += (loud * 2 * Math.asin(Math.sin(2 * Math.PI * pitch * seconds))) / Math.PI;
  }
}

export const ringer = new Ringer();
