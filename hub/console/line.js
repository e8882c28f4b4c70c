// A line to the hub: one WebSocket that comes back by itself.

const SIGNED_OUT = 4401;
const RETRY = [500, 1000, 2000, 4000, 8000]; // ms

export class Line extends EventTarget {
  #url; #socket = null; #tries = 0;

  constructor(url) {
    super();
    this.#url = url;
  }

  get up() { return this.#socket?.readyState === WebSocket.OPEN; }

  // Events: `up`, `message` (detail: object), `down` (detail: {final}).
  open() {
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.onopen = () => {
      this.#tries = 0;
      this.dispatchEvent(new Event("up"));
    };
    socket.onmessage = ({ data }) => this.dispatchEvent(new CustomEvent("message", { detail: JSON.parse(data) }));
    socket.onclose = ({ code }) => {
      this.#socket = null;
      const final = code === SIGNED_OUT;
      this.dispatchEvent(new CustomEvent("down", { detail: { final } }));
      if (final) return;
      const wait = RETRY[Math.min(this.#tries++, RETRY.length - 1)] * (0.5 + Math.random() / 2);
      setTimeout(() => this.open(), wait);
    };
  }

  send(message) {
    if (this.up) this.#socket.send(JSON.stringify(message));
  }
}
