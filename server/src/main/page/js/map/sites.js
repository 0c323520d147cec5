// Paints what stands at the road: roadside units, signals, crossings, bus stops, events.
import {mercator} from '../road.js';
import {ring, text} from './painter.js';

const SIGNALS_BELOW = 3;
const COUNTDOWN_BELOW = 0.9;
const ICONS_BELOW = 9;
const STOPS_BELOW = 2.2;
const PEOPLE_BELOW = 1.6;
const TURNS = {straight: '↑', left: '←', right: '→', uturn: '↶'};
const DEGREES_E7 = 1e-7;

/** Where a thing of the server's JSON is, in the map's coordinates; its place is told in degrees or as pos of 1e-7 degrees. */
export function placeOf(thing) {
  const {pos} = thing;
  return pos && Math.abs(pos.lat) > 90 ? mercator(pos.lon * DEGREES_E7, pos.lat * DEGREES_E7) : mercator((pos ?? thing).lon, (pos ?? thing).lat);
}

/** What a light of SPAT tells a driver: stop, go, change (about to be red, or caution) or dark. */
export const meaning = (light) => ({2: 'stop', 3: 'stop', 4: 'change', 5: 'go', 6: 'go', 7: 'change', 8: 'change'})[light] ?? 'dark';

export function paintUnits({context, palette, metre, x, y, inside, state, frame, big}) {
  for (const unit of state.units.values()) {
    const [px, py] = [x(unit.x), y(unit.y)];
    const range = (unit.rangeM ?? 0) * metre;
    if (!inside(px, py, range + 20)) {
      continue;
    }
    const colour = {ok: palette.ok, slow: palette.caution, silent: palette.warning, offline: palette.critical}[unit.health] ?? palette.muted;
    if (range > 8) {
      context.globalAlpha = 0.07;
      context.beginPath();
      context.arc(px, py, range, 0, Math.PI * 2);
      context.fillStyle = colour;
      context.fill();
      context.globalAlpha = 0.55;
      context.setLineDash(unit.health === 'ok' ? [] : [6, 5]);
      ring(context, px, py, range, colour, 1);
      context.setLineDash([]);
      context.globalAlpha = 1;
    }
    mast(context, px, py, big ? 11 : 7, colour, unit.health, palette);
    if (frame.resolution < 2.2) {
      text(context, palette, `${unit.id}  ${Math.round(unit.messagesPerSecond ?? 0)}/s${unit.lostPercent ? `  −${unit.lostPercent.toFixed(1)} %` : ''}`, px + 11, py - 7, palette.muted);
    }
  }
}

/** A mast with waves; crossed out when it is offline, with an open top when it is silent or slow. */
function mast(context, x, y, size, colour, health, palette) {
  context.beginPath();
  context.moveTo(x, y - size);
  context.lineTo(x + size * 0.8, y + size * 0.8);
  context.lineTo(x - size * 0.8, y + size * 0.8);
  context.closePath();
  context.lineWidth = 2;
  context.strokeStyle = colour;
  context.fillStyle = health === 'ok' ? colour : palette.ground;
  context.fill();
  context.stroke();
  if (health === 'offline') {
    context.beginPath();
    context.moveTo(x - size, y - size);
    context.lineTo(x + size, y + size);
    context.moveTo(x + size, y - size);
    context.lineTo(x - size, y + size);
    context.stroke();
  }
}

export function paintEvents({context, palette, metre, x, y, inside, state, frame}) {
  for (const event of state.events.values()) {
    const [px, py] = [x(event.x), y(event.y)];
    const radius = Math.max((event.radiusM ?? 0) * metre, 0);
    if (!inside(px, py, radius + 20)) {
      continue;
    }
    context.setLineDash([4, 4]);
    if (radius > 10) ring(context, px, py, radius, palette.caution, 1.5);
    context.setLineDash([]);
    context.beginPath();
    context.moveTo(px, py - 11);
    context.lineTo(px + 11, py);
    context.lineTo(px, py + 11);
    context.lineTo(px - 11, py);
    context.closePath();
    context.fillStyle = palette.caution;
    context.fill();
    context.lineWidth = 2;
    context.strokeStyle = palette.outline;
    context.stroke();
    context.fillStyle = palette.outline;
    context.textAlign = 'center';
    context.fillText(event.sign ? 'S' : '!', px, py + 4);
    context.textAlign = 'left';
    if (frame.resolution < 2.2) text(context, palette, event.description || String(event.code), px + 15, py + 4);
  }
}

export function paintStops({context, palette, x, y, inside, state, frame, zone}) {
  if (frame.resolution > ICONS_BELOW) {
    return;
  }
  for (const stop of zone.stops) {
    const [px, py] = [x(stop.coordinates[0]), y(stop.coordinates[1])];
    if (!inside(px, py)) {
      continue;
    }
    if (frame.resolution > STOPS_BELOW) {
      // From afar the road users matter: a stop is a small mark among them.
      context.fillStyle = palette.info;
      context.globalAlpha = 0.6;
      context.fillRect(px - 2.5, py - 2.5, 5, 5);
      context.globalAlpha = 1;
      continue;
    }
    box(context, px, py, 8, palette.info, palette.outline, 'B');
    const next = state.stops.get(stop.name)?.arrivals?.[0];
    if (next) {
      const left = next.atStop ? 0 : Math.max(0, next.arrivalMs - state.sinceMs(state.stopsAtMs)) / 1000;
      text(context, palette, `${next.device} ${left < 90 ? `${Math.round(left)} s` : `${Math.round(left / 60)} min`}`, px + 12, py + 4);
    }
  }
}

export function paintCrossings({context, palette, x, y, inside, state, frame, big}) {
  if (frame.resolution > PEOPLE_BELOW) {
    return;
  }
  for (const crossing of state.crossings) {
    const people = (crossing.waiting ?? 0) + (crossing.crossing ?? 0);
    const [px, py] = [x(crossing.x), y(crossing.y)];
    if (!people || !inside(px, py)) {
      continue;
    }
    const colour = crossing.crossing ? palette.person : palette.muted;
    context.beginPath();
    context.roundRect(px - 15, py - 9, 30, 18, 9);
    context.fillStyle = palette.ground;
    context.fill();
    context.lineWidth = crossing.crossing ? 2.5 : 1.5;
    context.strokeStyle = colour;
    context.stroke();
    context.beginPath();
    context.arc(px - 6, py - 3.5, 2.4, 0, Math.PI * 2);
    context.roundRect(px - 8.5, py, 5, 6, 2);
    context.fillStyle = colour;
    context.fill();
    context.fillStyle = palette.text;
    context.fillText(String(people), px + 1, py + (big ? 6 : 4.5));
  }
}

/** A bar over the lanes that a phase is for, at their stop line, and near by a badge with turn and countdown. */
export function paintSignals({context, palette, metre, x, y, inside, state, frame, zone}) {
  if (frame.resolution > SIGNALS_BELOW) {
    return;
  }
  for (const signal of state.signals.values()) {
    const node = signal.node.split(':').pop();
    for (const phase of signal.phases) {
      const says = meaning(phase.light);
      for (const line of zone.stopLines.get(`${node}:${phase.phaseId}`) ?? []) {
        const px = x(line.x);
        const py = y(line.y);
        if (inside(px, py)) {
          bar(context, line, px, py, metre, palette[says]);
          if (frame.resolution < COUNTDOWN_BELOW) {
            badge(context, line, px, py, metre, palette, says, secondsLeft(signal, phase, state));
          }
        }
      }
    }
  }
}

function secondsLeft(signal, phase, state) {
  return phase.endsInMs === null || phase.endsInMs === undefined
    ? null
    : Math.max(0, Math.ceil((phase.endsInMs - state.sinceMs(signal.atMs)) / 1000));
}

function bar(context, line, px, py, metre, colour) {
  // Right of the driving direction, in pixels; y grows downwards on the screen.
  const [rightX, rightY] = [line.dy, line.dx];
  context.beginPath();
  context.moveTo(px + rightX * (line.from + 0.3) * metre, py + rightY * (line.from + 0.3) * metre);
  context.lineTo(px + rightX * (line.to - 0.3) * metre, py + rightY * (line.to - 0.3) * metre);
  context.lineWidth = Math.max(1.2 * metre, 3.5);
  context.lineCap = 'butt';
  context.strokeStyle = colour;
  context.stroke();
}

function badge(context, line, px, py, metre, palette, says, seconds) {
  const order = {left: 0, uturn: 0, straight: 1, right: 2}[line.maneuver] ?? 1;
  const middle = (line.from + line.to) / 2;
  const words = `${TURNS[line.maneuver] ?? ''}${seconds === null ? '' : ` ${seconds}`}`;
  const wide = context.measureText(words).width + 10;
  // One behind the other along the lane: badges are wider than high.
  const back = 20 + order * (Math.abs(line.dx) * (wide + 3) + Math.abs(line.dy) * 19);
  const cx = px + line.dy * middle * metre - line.dx * back;
  const cy = py + line.dx * middle * metre + line.dy * back;
  context.beginPath();
  context.roundRect(cx - wide / 2, cy - 8.5, wide, 17, {stop: 1, go: 9}[says] ?? 5);
  context.fillStyle = palette[says];
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = palette.outline;
  context.stroke();
  context.fillStyle = says === 'stop' ? '#fff' : '#06121a';
  context.textAlign = 'center';
  context.fillText(words, cx, cy + 4.5);
  context.textAlign = 'left';
}

function box(context, x, y, size, fill, ink, letter) {
  context.beginPath();
  context.roundRect(x - size, y - size, size * 2, size * 2, 3);
  context.fillStyle = fill;
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = ink;
  context.stroke();
  context.fillStyle = ink;
  context.textAlign = 'center';
  context.fillText(letter, x, y + 4.5);
  context.textAlign = 'left';
}
