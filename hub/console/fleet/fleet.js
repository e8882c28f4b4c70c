// The stations of the city, kept up to date by what changed. Whoever asks for them gets them with `ctx.stations()`, too.

export class Fleet {
  #known = ""; #rows = new Map();

  constructor(ctx) {
    this.ctx = ctx;
    this.version = 0; // another number when anything is otherwise
    this.stations = [];
  }

  async load() {
    const answer = await this.ctx.api("GET", `/api/console/fleet?known=${this.#known}`);
    if (answer.whole) this.#rows.clear();
    for (const row of answer.stations) this.#rows.set(row.id, row);
    for (const id of answer.gone) this.#rows.delete(id);
    this.#known = answer.token;
    if (!answer.whole && !answer.stations.length && !answer.gone.length) return;
    this.version += 1;
    this.stations = [...this.#rows.values()].sort((a, b) => a.id.localeCompare(b.id));
    this.ctx.setStations(this.stations);
    dispatchEvent(new CustomEvent("stations-changed"));
  }
}
