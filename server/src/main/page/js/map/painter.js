// Paints one picture of the road: units and events below, road users above, alerts on top.
import {FLAG} from '../positions.js';
import {mercator, place} from '../road.js';
import {paintCrossings, paintEvents, paintSignals, paintStops, paintUnits} from './sites.js';
import {Sprites} from './sprites.js';
import {paintTraffic} from './traffic.js';

const NAMES_BELOW = 0.5;
const MOST_NAMES = 150;
const PULSE_MS = 1400;

/** Half the length of a car in pixels at this many map units a pixel: never less than is seen from across a room. */
export function sizeAt(resolution, big) {
  const size = resolution > 8 ? 8 : resolution > 3 ? 9 : resolution > 1.2 ? 10 : resolution > 0.4 ? 11.5 : 14;
  return big ? size * 1.5 : size;
}

export class Painter {
  #sprites = null;

  constructor(state, road) {
    this.state = state;
    this.road = road;
    this.onPainted = () => {};
    this.still = matchMedia('(prefers-reduced-motion: reduce)');
  }

  /** The theme has changed. */
  use(palette, zone) {
    this.palette = palette;
    this.zone = zone;
    this.#sprites = null;
  }

  /** Whether there is a road with somebody on it. */
  get isComplete() {
    return this.zone !== null && this.zone !== undefined && this.road.size > 0;
  }

  /** What stands at the road. */
  paintStanding(context, frame, nowMs) {
    if (!this.zone) {
      return;
    }
    const scene = this.#scene(context, frame, nowMs);
    const {layers} = this.state;
    if (layers.traffic) paintTraffic(scene);
    if (layers.units) paintUnits(scene);
    if (layers.events) paintEvents(scene);
    if (layers.sites) paintStops(scene);
    if (layers.signals) paintSignals(scene);
    if (layers.sites) paintCrossings(scene);
  }

  /** Who moves on it, and what is wrong with them. */
  paintMoving(context, frame, nowMs) {
    if (!this.zone) {
      return;
    }
    const scene = this.#scene(context, frame, nowMs);
    const size = sizeAt(frame.resolution, this.state.wall);
    const shown = this.#layRoadUsers(scene, size);
    this.#paintTrail(scene);
    this.#paintMarks(scene, size, shown);
    this.#paintAlerts(scene);
    this.onPainted(nowMs);
  }

  #scene(context, frame, nowMs) {
    context.font = `${this.state.wall ? 16 : 12}px system-ui, "Noto Sans CJK SC", sans-serif`;
    return {context, frame, nowMs, palette: this.palette, zone: this.zone, state: this.state, big: this.state.wall,
      metre: this.zone.metre / frame.resolution,
      x: (x) => frame.scaleX * x + frame.left,
      y: (y) => frame.scaleY * y + frame.top,
      inside: (x, y, margin = 30) => x > -margin && y > -margin && x < frame.width + margin && y < frame.height + margin};
  }

  #layRoadUsers({context, frame, nowMs, x, y, inside}, size) {
    const {width, height} = context.canvas;
    if (!this.#sprites?.fits(size, frame.ratio, width, height)) {
      this.#sprites = new Sprites(this.palette, size, frame.ratio, width, height);
    }
    this.#sprites.clear();
    const shown = [];
    for (const one of this.road.participants.values()) {
      place(one, nowMs);
      one.px = x(one.x);
      one.py = y(one.y);
      one.visible = inside(one.px, one.py) && (this.state.layers.seen || (one.flags & FLAG.selfReported) !== 0);
      if (one.visible) {
        this.#sprites.lay(one, one.px, one.py);
        shown.push(one);
      }
    }
    this.#sprites.show(context);
    return shown;
  }

  #paintMarks({context, frame, nowMs, palette, state}, size, shown) {
    shown.filter((one) => one.flags & (FLAG.alert | FLAG.emergency)).forEach((one) => this.#mark(context, one, size, nowMs));
    const chosen = this.road.get(state.selectedKey);
    const named = frame.resolution < NAMES_BELOW ? shown.filter((one) => one.device >= 0).slice(0, MOST_NAMES) : [];
    if (chosen && !named.includes(chosen)) {
      named.push(chosen);
    }
    named.forEach((one) => text(context, palette, state.names.get(one.device) ?? '', one.px + size + 5, one.py + 4));
    if (chosen) {
      ring(context, chosen.px, chosen.py, size + 8, palette.accent, 2.5);
    }
  }

  #mark(context, one, size, nowMs) {
    if (one.flags & FLAG.emergency) {
      const on = this.still.matches || Math.floor(nowMs / 350) % 2 === 0;
      ring(context, one.px, one.py, size + 5, on ? this.palette.critical : this.palette.info, 2.5);
    }
    if (one.flags & FLAG.alert) {
      ring(context, one.px, one.py, size + 6, this.palette.warning, 2.5);
    }
  }

  #paintTrail({context, x, y, palette, state}) {
    const one = this.road.get(state.selectedKey);
    if (!one || one.trail.length < 4) {
      return;
    }
    context.lineWidth = 3;
    context.strokeStyle = palette.accent;
    context.lineCap = 'round';
    const points = one.trail.length / 2;
    for (let i = 1; i <= points; i++) {
      const toX = i < points ? one.trail[i * 2] : one.x;
      const toY = i < points ? one.trail[i * 2 + 1] : one.y;
      context.globalAlpha = 0.15 + 0.65 * i / points;
      context.beginPath();
      context.moveTo(x(one.trail[i * 2 - 2]), y(one.trail[i * 2 - 1]));
      context.lineTo(x(toX), y(toY));
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  /** Alerts that are going on: a ring that grows, and stands still for who does not want motion. */
  #paintAlerts({context, x, y, inside, palette, nowMs, state, big}) {
    for (const alert of state.pulses.values()) {
      const one = this.road.get(alert.subjectKey);
      const [atX, atY] = one ? [one.x, one.y] : mercator(alert.lon, alert.lat);
      const [px, py] = [x(atX), y(atY)];
      if (!inside(px, py, 60)) {
        continue;
      }
      const colour = palette[alert.severity.toLowerCase()] ?? palette.info;
      const phase = this.still.matches ? 0.4 : (nowMs - alert.shownAt) % PULSE_MS / PULSE_MS;
      context.globalAlpha = 1 - phase * 0.85;
      ring(context, px, py, (big ? 1.5 : 1) * (14 + phase * 26), colour, alert.id === state.selectedAlert ? 5 : 3);
      context.globalAlpha = 1;
    }
  }
}

export function ring(context, x, y, radius, colour, width) {
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
  context.lineWidth = width;
  context.strokeStyle = colour;
  context.stroke();
}

export function text(context, palette, words, x, y, colour = palette.text) {
  context.lineWidth = 3;
  context.lineJoin = 'round';
  context.strokeStyle = palette.textHalo;
  context.strokeText(words, x, y);
  context.fillStyle = colour;
  context.fillText(words, x, y);
}
