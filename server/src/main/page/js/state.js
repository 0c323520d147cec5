// What the page shows, in one object. Whoever changes it says so; then everything is drawn again, at most once a frame and
// at most ten times a second: lit-html touches only what is different.
const SHORTEST_MS = 100;

export class State {
  #draw = () => {};
  #due = false;
  #last = -Infinity;

  constructor(values) {
    Object.assign(this, values);
  }

  whenChanged(draw) {
    this.#draw = draw;
  }

  set(values) {
    Object.assign(this, values);
    this.changed();
  }

  changed() {
    if (this.#due) {
      return;
    }
    this.#due = true;
    setTimeout(() => requestAnimationFrame(() => {
      this.#due = false;
      this.#last = performance.now();
      this.#draw();
    }), Math.max(0, this.#last + SHORTEST_MS - performance.now()));
  }
}
