// The layer for everything that lives, over the base map and with a clock of its own, so that the base map need not be
// painted again for a vehicle that has moved a metre. Two canvases lie in it: below, what stands at the road and changes by
// the second; above, who moves on it.
import {layer} from 'ol';

const LONGEST_RATIO = 2;
const BUSY = 0.6;
const STANDING_MS = 250;
const SECOND_MS = 1000;

export class LiveLayer {
  #frame = null;
  #nextMs = 0;
  #standingAt = -Infinity;
  #painted = 0;
  #marked = false;
  #countedSince = performance.now();

  /**
   * @param painter has paintStanding and paintMoving, called with (context, frame, nowMs)
   * @param onRate told once a second how often the moving ones were painted
   */
  constructor(painter, onRate, framesPerSecond = 30) {
    Object.assign(this, {painter, onRate, framesPerSecond});
    this.element = document.createElement('div');
    this.element.className = 'live-layer';
    this.element.setAttribute('aria-hidden', 'true');
    this.standing = document.createElement('canvas').getContext('2d');
    this.moving = document.createElement('canvas').getContext('2d');
    this.element.append(this.standing.canvas, this.moving.canvas);
    this.layer = new layer.Layer({render: (frame) => this.#onMap(frame), zIndex: 10});
    requestAnimationFrame(this.#tick);
  }

  /** The map is painted anew: the view has moved. */
  #onMap({size: [width, height], coordinateToPixelTransform: [scaleX, , , scaleY, left, top], viewState: {resolution}}) {
    const ratio = Math.min(devicePixelRatio || 1, LONGEST_RATIO);
    for (const {canvas} of [this.standing, this.moving]) {
      if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
        canvas.width = Math.round(width * ratio);
        canvas.height = Math.round(height * ratio);
        canvas.style.width = `${width}px`;
        canvas.style.height = `${height}px`;
      }
    }
    this.#frame = {width, height, ratio, resolution, scaleX, scaleY, left, top};
    this.#standingAt = -Infinity;
    this.#draw(performance.now());
    return this.element;
  }

  #draw(nowMs) {
    if (nowMs - this.#standingAt >= STANDING_MS) {
      this.#standingAt = nowMs;
      this.painter.paintStanding(this.#clear(this.standing), this.#frame, nowMs);
    }
    this.painter.paintMoving(this.#clear(this.moving), this.#frame, nowMs);
    this.#painted++;
    if (!this.#marked && this.painter.isComplete) {
      this.#marked = true;
      performance.mark('first-map');
    }
    // Half of the time is left to everything else, whatever painting costs on this machine.
    this.#nextMs = nowMs + Math.max(SECOND_MS / this.framesPerSecond, (performance.now() - nowMs) / BUSY) - 2;
  }

  #clear(context) {
    const {ratio, width, height} = this.#frame;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    return context;
  }

  #tick = (nowMs) => {
    requestAnimationFrame(this.#tick);
    if (nowMs - this.#countedSince >= SECOND_MS) {
      this.onRate(Math.round(this.#painted * SECOND_MS / (nowMs - this.#countedSince)));
      this.#painted = 0;
      this.#countedSince = nowMs;
    }
    if (this.#frame && nowMs >= this.#nextMs) {
      this.#draw(performance.now());
    }
  };
}
