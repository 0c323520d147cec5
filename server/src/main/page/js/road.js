// Who is on the road, as far as this browser was told, and where each is drawn between two frames.
import {decodePositions} from './positions.js';

const RADIUS = 6378137;
const TRAIL_POINTS = 90;
const TRAIL_STEP_MS = 1000;
const SNAP_METRES = 80;
const SHORTEST_MS = 60;
const LONGEST_MS = 1200;

/** Web Mercator, the map's own coordinates. */
export function mercator(lon, lat) {
  return [RADIUS * lon * Math.PI / 180, RADIUS * Math.log(Math.tan(Math.PI / 4 + lat * Math.PI / 360))];
}

/** The way from one heading to another by the shorter turn, in degrees from -180 to 180. */
export function turn(from, to) {
  return ((to - from + 540) % 360 + 360) % 360 - 180;
}

export class Road {
  constructor() {
    this.participants = new Map();
    this.atMs = 0;
    this.rowsTold = 0;
    /** What else is known of who drives a device's vehicle, for rows that do not tell. */
    this.modeOf = () => 0;
  }

  get size() {
    return this.participants.size;
  }

  get(key) {
    return this.participants.get(key);
  }

  clear() {
    this.participants.clear();
  }

  /** Takes a frame that came at nowMs of the page's own clock. */
  apply(buffer, nowMs) {
    let kept = null;
    decodePositions(buffer, {
      begin: (header) => {
        this.atMs = header.atMs;
        this.rowsTold += header.rows;
        kept = header.snapshot ? new Set() : null;
      },
      row: (row) => {
        kept?.add(row.key);
        this.#move(row, nowMs);
      },
      gone: (key) => this.participants.delete(key),
    });
    if (kept) {
      for (const key of this.participants.keys()) {
        if (!kept.has(key)) {
          this.participants.delete(key);
        }
      }
    }
  }

  #move(row, nowMs) {
    const [x, y] = mercator(row.lon, row.lat);
    let one = this.participants.get(row.key);
    if (!one) {
      one = {key: row.key, x, y, fromX: x, fromY: y, toX: x, toY: y, heading: row.headingDeg ?? 0, since: nowMs, until: nowMs,
        trail: [], trailAt: -Infinity};
      one.fromHeading = one.toHeading = one.heading;
      this.participants.set(row.key, one);
    } else {
      place(one, nowMs);
      const jump = Math.hypot(x - one.x, y - one.y) > SNAP_METRES;
      one.fromX = jump ? x : one.x;
      one.fromY = jump ? y : one.y;
      one.fromHeading = one.heading;
      one.toX = x;
      one.toY = y;
      one.toHeading = row.headingDeg ?? one.toHeading;
      const gap = Math.min(Math.max(nowMs - one.since, SHORTEST_MS), LONGEST_MS);
      one.since = nowMs;
      one.until = nowMs + gap;
    }
    if (this.atMs - one.trailAt >= TRAIL_STEP_MS || this.atMs < one.trailAt) {
      one.trailAt = this.atMs;
      one.trail.push(x, y);
      if (one.trail.length > TRAIL_POINTS * 2) {
        one.trail.splice(0, 2);
      }
    }
    take(one, row);
    one.drivingMode ||= this.modeOf(row.device);
  }
}

/** Field by field: some 50,000 rows a second are taken, and Object.assign looks at each name anew. */
function take(one, row) {
  one.lat = row.lat;
  one.lon = row.lon;
  one.speedMps = row.speedMps;
  one.headingDeg = row.headingDeg;
  one.type = row.type;
  one.vehicleClass = row.vehicleClass;
  one.drivingMode = row.drivingMode;
  one.flags = row.flags;
  one.device = row.device;
  one.seenBy = row.seenBy;
  one.ageMs = row.ageMs;
}

/** Moves a participant to where it is drawn at this time: on the straight way to its last place, then there. */
export function place(one, nowMs) {
  const part = one.until > one.since ? Math.min((nowMs - one.since) / (one.until - one.since), 1) : 1;
  one.x = one.fromX + (one.toX - one.fromX) * part;
  one.y = one.fromY + (one.toY - one.fromY) * part;
  one.heading = one.fromHeading + turn(one.fromHeading, one.toHeading) * part;
}
