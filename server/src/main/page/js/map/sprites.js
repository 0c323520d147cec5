// Arrows painted once for each look and heading into one sheet: copying from it is what makes thousands of them cheap.
import {FLAG} from '../positions.js';
import {shapeOf, trace} from './shapes.js';

const STEPS = 72;
const SHEET = 2048;
const MANUAL = 1;
const AUTOMATED = 2;

export class Sprites {
  #places = new Map();
  #next = 0;

  /** @param size half the length of a car in pixels; the ratio is that of the device's pixels */
  constructor(palette, size, ratio) {
    this.palette = palette;
    this.size = size;
    this.ratio = ratio;
    this.cell = Math.ceil((size * 1.5 + 3) * 2);
    this.sheet = document.createElement('canvas');
    this.sheet.width = this.sheet.height = SHEET;
    this.context = this.sheet.getContext('2d');
    this.perRow = Math.floor(SHEET / (this.cell * ratio));
  }

  /** Paints a participant at a place in pixels of the page. */
  draw(context, one, x, y) {
    const step = Math.round(one.heading / 360 * STEPS + STEPS) % STEPS;
    const look = (one.vehicleClass * 8 + one.type) * 64 + one.drivingMode % 4 * 16 + (one.flags & (FLAG.selfReported | FLAG.coasting | FLAG.obstacle));
    const at = this.#places.get(look * STEPS + step) ?? this.#paint(look * STEPS + step, one, step);
    const wide = this.cell * this.ratio;
    context.drawImage(this.sheet, at % this.perRow * wide, Math.floor(at / this.perRow) * wide, wide, wide,
      x - this.cell / 2, y - this.cell / 2, this.cell, this.cell);
  }

  #paint(key, one, step) {
    if (this.#next >= this.perRow * this.perRow) {
      this.#places.clear();
      this.#next = 0;
      this.context.setTransform(1, 0, 0, 1, 0, 0);
      this.context.clearRect(0, 0, SHEET, SHEET);
    }
    const at = this.#next++;
    this.#places.set(key, at);
    const context = this.context;
    const {cell, ratio} = this;
    context.setTransform(ratio, 0, 0, ratio, (at % this.perRow + 0.5) * cell * ratio, (Math.floor(at / this.perRow) + 0.5) * cell * ratio);
    context.rotate(step / STEPS * Math.PI * 2);
    paintShape(context, this.palette, one, this.size);
    return at;
  }
}

/** Paints one participant, pointing up, at the origin. */
export function paintShape(context, palette, one, size) {
  const shape = shapeOf({type: one.type, vehicleClass: one.vehicleClass, obstacle: (one.flags & FLAG.obstacle) !== 0});
  const seenOnly = (one.flags & FLAG.selfReported) === 0;
  const colour = colourOf(palette, shape, one.drivingMode, seenOnly);
  context.globalAlpha = one.flags & FLAG.coasting ? 0.5 : 1;
  context.lineJoin = 'round';
  trace(context, shape, size);
  context.lineWidth = 2.6;
  context.strokeStyle = palette.outline;
  context.stroke();
  const hollow = seenOnly || (shape !== 'person' && shape !== 'cycle' && one.drivingMode !== MANUAL && one.drivingMode !== AUTOMATED);
  context.fillStyle = hollow ? palette.ground : colour;
  context.fill();
  context.lineWidth = hollow ? 1.6 : 1;
  context.strokeStyle = colour;
  context.setLineDash(seenOnly && size > 6 ? [2.5, 1.8] : []);
  context.stroke();
  context.setLineDash([]);
  if (one.drivingMode === AUTOMATED && !seenOnly) {
    context.beginPath();
    context.arc(0, size * 0.15, Math.max(size * 0.22, 1.1), 0, Math.PI * 2);
    context.fillStyle = palette.outline;
    context.fill();
  }
  context.globalAlpha = 1;
}

function colourOf(palette, shape, drivingMode, seenOnly) {
  if (seenOnly) {
    return palette.seen;
  }
  if (shape === 'person' || shape === 'cycle') {
    return palette[shape];
  }
  if (shape === 'emergency') {
    return palette.critical;
  }
  return {[MANUAL]: palette.manual, [AUTOMATED]: palette.automated}[drivingMode] ?? palette.unknown;
}
