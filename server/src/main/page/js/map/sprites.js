// Arrows as blocks of pixels, painted once for each look and heading, and laid into one picture of the size of the map.
//
// A canvas copies some 5,000 small pictures in 60 ms where there is no graphics card, and tracing them takes twice that;
// laying their pixels into an array and handing that over takes 12 (measured in Chromium 150 at 1920x1080).
import {FLAG} from '../positions.js';
import {shapeOf, trace} from './shapes.js';

const STEPS = 64;
const MANUAL = 1;
const AUTOMATED = 2;
const COASTING = 0.55;
const SHADE = 0.4;
const LOOK_FLAGS = FLAG.selfReported | FLAG.coasting | FLAG.obstacle;

export class Sprites {
  #blocks = new Map();

  /**
   * @param size half the length of a car in pixels of the page
   * @param ratio pixels of the device for one of the page
   * @param width of the picture in pixels of the device, as is the height
   */
  constructor(palette, size, ratio, width, height) {
    Object.assign(this, {palette, size, ratio, width, height});
    this.cell = Math.ceil((size * 1.5 + 4) * 2 * ratio);
    this.image = new ImageData(width, height);
    this.pixels = new Uint32Array(this.image.data.buffer);
    this.brush = new OffscreenCanvas(this.cell, this.cell).getContext('2d', {willReadFrequently: true});
  }

  fits(size, ratio, width, height) {
    return this.size === size && this.ratio === ratio && this.width === width && this.height === height;
  }

  clear() {
    this.pixels.fill(0);
  }

  /** Lays a participant into the picture, its middle at a place in pixels of the page. */
  lay(one, x, y) {
    const left = Math.round(x * this.ratio - this.cell / 2);
    const top = Math.round(y * this.ratio - this.cell / 2);
    if (left < 0 || top < 0 || left + this.cell > this.width || top + this.cell > this.height) {
      return;
    }
    const step = Math.round(one.heading / 360 * STEPS + STEPS) % STEPS;
    const look = ((one.vehicleClass * 8 + one.type) * 4 + one.drivingMode % 4) * 256 + (one.flags & LOOK_FLAGS);
    const {offsets, colours, solid} = this.#blocks.get(look * STEPS + step) ?? this.#paint(look * STEPS + step, one, step);
    const start = top * this.width + left;
    const {pixels} = this;
    for (let i = 0; i < solid; i++) {
      pixels[start + offsets[i]] = colours[i];
    }
    for (let i = solid; i < offsets.length; i++) {
      const below = pixels[start + offsets[i]];
      pixels[start + offsets[i]] = below === 0 ? colours[i] : mix(colours[i], below);
    }
  }

  show(context) {
    context.putImageData(this.image, 0, 0);
  }

  #paint(key, one, step) {
    const {brush, cell, ratio} = this;
    brush.setTransform(1, 0, 0, 1, 0, 0);
    brush.clearRect(0, 0, cell, cell);
    brush.setTransform(ratio, 0, 0, ratio, cell / 2, cell / 2);
    brush.rotate(step / STEPS * Math.PI * 2);
    paintShape(brush, this.palette, one, this.size);
    const painted = new Uint32Array(brush.getImageData(0, 0, cell, cell).data.buffer);
    const used = [...painted.keys()].filter((i) => painted[i] >>> 24 > 0);
    // Solid pixels first: they need no look at what lies below.
    const order = [...used.filter((i) => painted[i] >>> 24 === 255), ...used.filter((i) => painted[i] >>> 24 < 255)];
    const block = {
      offsets: Int32Array.from(order, (i) => Math.floor(i / cell) * this.width + i % cell),
      colours: Uint32Array.from(order, (i) => painted[i]),
      solid: used.filter((i) => painted[i] >>> 24 === 255).length,
    };
    this.#blocks.set(key, block);
    return block;
  }
}

/** One colour over another, both as 0xAABBGGRR. */
function mix(colour, below) {
  const alpha = colour >>> 24;
  const rest = 255 - alpha;
  const red = ((colour & 255) * alpha + (below & 255) * rest) / 255;
  const green = ((colour >>> 8 & 255) * alpha + (below >>> 8 & 255) * rest) / 255;
  const blue = ((colour >>> 16 & 255) * alpha + (below >>> 16 & 255) * rest) / 255;
  return (Math.max(alpha, below >>> 24) << 24 | blue << 16 | green << 8 | red) >>> 0;
}

/**
 * Paints one participant, pointing up, at the origin: filled within a dark edge, so that it stands out from any ground. Who
 * drives shows without colour as well: plain by hand, with a dot by itself, in two halves where nobody tells. Who is only
 * seen by a unit is an outline.
 */
export function paintShape(context, palette, one, size) {
  const shape = shapeOf({type: one.type, vehicleClass: one.vehicleClass, obstacle: (one.flags & FLAG.obstacle) !== 0});
  const seenOnly = (one.flags & FLAG.selfReported) === 0;
  const colour = colourOf(palette, shape, one.drivingMode, seenOnly);
  context.globalAlpha = one.flags & FLAG.coasting ? COASTING : 1;
  context.lineJoin = 'round';
  trace(context, shape, size);
  context.lineWidth = seenOnly ? 4.4 : 3.2;
  context.strokeStyle = seenOnly ? palette.outline : palette.edge;
  context.stroke();
  context.fillStyle = seenOnly ? palette.ground : colour;
  context.fill();
  if (seenOnly) {
    context.lineWidth = 2.2;
    context.strokeStyle = colour;
    context.setLineDash(size > 6 ? [3.5, 2] : []);
    context.stroke();
    context.setLineDash([]);
  } else if (one.drivingMode === AUTOMATED) {
    context.beginPath();
    context.arc(0, size * 0.12, Math.max(size * 0.26, 1.6), 0, Math.PI * 2);
    context.fillStyle = palette.outline;
    context.fill();
  } else if (one.drivingMode !== MANUAL && shape !== 'person' && shape !== 'cycle') {
    shade(context, palette, size);
  }
  context.globalAlpha = 1;
}

/** Darkens the right half of the shape that was traced. */
function shade(context, palette, size) {
  context.save();
  context.clip();
  context.globalAlpha *= SHADE;
  context.fillStyle = palette.edge;
  context.fillRect(0, -size * 2, size * 2, size * 4);
  context.restore();
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
