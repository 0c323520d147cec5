// Paints how traffic is on each link. How bad it is shows in the width and the dashes of a line as well as in its colour.
import {lengthOf, along} from './geometry.js';
import {text} from './painter.js';

const DENSE_SHARE = 0.5;
const DENSE_METRES = 30;
const USUAL_KMH = 50;
const WORDS_BELOW = 2.2;
const LOOKS = {free: {colour: 'ok', width: 1.5, dash: []}, dense: {colour: 'caution', width: 3, dash: [8, 5]}, jam: {colour: 'critical', width: 4.5, dash: []}};
// Those on the road matter more than the road: they must stand out from it.
const STRENGTH = 0.6;

/** What the traffic of a link is: jam, dense (a queue, or half as fast as may be driven), free; null with nobody on it. */
export function levelOf({vehicles, speedMps, queueMetres = 0, jam}, limitKmh = USUAL_KMH) {
  if (jam) {
    return 'jam';
  }
  if (!vehicles) {
    return null;
  }
  return queueMetres > DENSE_METRES || (speedMps ?? Infinity) * 3.6 < limitKmh * DENSE_SHARE ? 'dense' : 'free';
}

export function paintTraffic({context, palette, x, y, inside, state, frame, zone, big}) {
  for (const link of zone.links) {
    const told = state.traffic.get(String(link.linkId));
    const level = told && levelOf(told, link.speedLimitKmh);
    if (!level) {
      continue;
    }
    const {colour, width, dash} = LOOKS[level];
    context.beginPath();
    link.coordinates.forEach(([east, north], i) => context[i ? 'lineTo' : 'moveTo'](x(east), y(north)));
    context.lineCap = 'butt';
    context.setLineDash(dash);
    context.lineWidth = big ? width * 1.5 : width;
    context.strokeStyle = palette[colour];
    context.globalAlpha = STRENGTH;
    context.stroke();
    context.globalAlpha = 1;
    context.setLineDash([]);
    if (level !== 'free' && frame.resolution < WORDS_BELOW) {
      const middle = along(link.coordinates, lengthOf(link.coordinates) / 2);
      const [px, py] = [x(middle.x), y(middle.y)];
      if (inside(px, py)) text(context, palette, wordsOf(told), px + 8, py - 8, palette[colour]);
    }
  }
}

function wordsOf({speedMps, queueMetres}) {
  return [speedMps === undefined ? '' : `${Math.round(speedMps * 3.6)} km/h`, queueMetres > 1 ? `⇤ ${Math.round(queueMetres)} m` : ''].filter(Boolean).join('  ');
}
