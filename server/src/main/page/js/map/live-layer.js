// The layer for everything that moves: one canvas over the base map, painted by a clock of its own, so that the base map
// need not be painted again for a vehicle that has moved a metre.
import {layer} from 'ol';

const LONGEST_RATIO = 2;
const BUSY = 0.6;

export class LiveLayer {
  #frame = null;
  #nextMs = 0;
  #painted = 0;
  #countedSince = performance.now();

  /**
   * @param paint called with (context, frame, nowMs)
   * @param onRate told once a second how often it was painted
   */
  constructor(paint, onRate, framesPerSecond = 30) {
    this.paint = paint;
    this.onRate = onRate;
    this.framesPerSecond = framesPerSecond;
    this.canvas = document.createElement('canvas');
    this.canvas.className = 'live-layer';
    this.canvas.setAttribute('aria-hidden', 'true');
    this.context = this.canvas.getContext('2d');
    this.layer = new layer.Layer({render: (frame) => this.#onMap(frame), zIndex: 10});
    requestAnimationFrame(this.#tick);
  }

  /** The map is painted anew: the view has moved. */
  #onMap({size, coordinateToPixelTransform: [scaleX, , , scaleY, left, top], viewState: {resolution}}) {
    const ratio = Math.min(devicePixelRatio || 1, LONGEST_RATIO);
    const [width, height] = size;
    if (this.canvas.width !== Math.round(width * ratio) || this.canvas.height !== Math.round(height * ratio)) {
      this.canvas.width = Math.round(width * ratio);
      this.canvas.height = Math.round(height * ratio);
      this.canvas.style.width = `${width}px`;
      this.canvas.style.height = `${height}px`;
    }
    this.#frame = {width, height, ratio, resolution, scaleX, scaleY, left, top};
    this.#draw(performance.now());
    return this.canvas;
  }

  #draw(nowMs) {
    const {ratio, width, height} = this.#frame;
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.context.clearRect(0, 0, width, height);
    this.paint(this.context, this.#frame, nowMs);
    this.#painted++;
    // Half of the time is left to everything else, whatever painting costs on this machine.
    const cost = performance.now() - nowMs;
    this.#nextMs = nowMs + Math.max(1000 / this.framesPerSecond, cost / BUSY) - 2;
  }

  #tick = (nowMs) => {
    requestAnimationFrame(this.#tick);
    if (nowMs - this.#countedSince >= 1000) {
      this.onRate(Math.round(this.#painted * 1000 / (nowMs - this.#countedSince)));
      this.#painted = 0;
      this.#countedSince = nowMs;
    }
    if (this.#frame && nowMs >= this.#nextMs) {
      this.#draw(performance.now());
    }
  };
}
