// The situation of an alert, reckoned in metres around the conflict, for the small picture. Pure.
const METRES_PER_DEGREE = 111_195;
const SHORTEST_METRES = 8;
const LONGEST_SECONDS = 8;

const plain = (quantity) => quantity !== null && typeof quantity === 'object' ? Number(quantity.value) : quantity;

/**
 * What a causing message tells of a party of an alert: its own state, or that of the one it has seen.
 *
 * @param message as the server decodes it: {device, fields}, a quantity as {value, unit}
 * @returns {{lat, lon, headingDeg, speedMps}|null} null when it tells of somebody else
 */
export function stateIn(message, party) {
  const seen = message.fields?.participants?.find(({ptcId}) => plain(ptcId) === party.numberAtUnit && message.device === party.seenBy);
  const told = seen ?? (message.device === party.device ? message.fields : null);
  return told?.pos ? {lat: plain(told.pos.lat), lon: plain(told.pos.lon), headingDeg: plain(told.heading), speedMps: plain(told.speed)} : null;
}

/** One of the two, as a cause told it: {name, lat, lon, headingDeg, speedMps}. */
function local(party, origin) {
  return {...party, x: (party.lon - origin.lon) * METRES_PER_DEGREE * Math.cos(origin.lat * Math.PI / 180), y: (party.lat - origin.lat) * METRES_PER_DEGREE};
}

/**
 * @param parties those who take part, the warned one first; headingDeg and speedMps may be missing
 * @param conflictSeconds when they meet at the speeds they have; null where nobody can tell
 * @returns {{parties: Object[], conflict: {x: number, y: number}|null, half: number, step: number}|null} places in metres from
 *   the middle, y to the north; each party has the end of its course; null without a place
 */
export function sceneOf(parties, conflictSeconds) {
  const placed = parties.filter((one) => Number.isFinite(one?.lat) && Number.isFinite(one?.lon));
  if (!placed.length) {
    return null;
  }
  const seconds = Math.min(conflictSeconds ?? 3, LONGEST_SECONDS);
  const drawn = placed.map((one) => local(one, placed[0])).map((one) => {
    const way = Math.max((one.speedMps ?? 0) * seconds, one.headingDeg === undefined || one.headingDeg === null ? 0 : SHORTEST_METRES);
    const angle = (one.headingDeg ?? 0) * Math.PI / 180;
    return {...one, toX: one.x + Math.sin(angle) * way, toY: one.y + Math.cos(angle) * way};
  });
  const conflict = conflictSeconds === null || conflictSeconds === undefined || drawn.length < 2 ? null : conflictOf(drawn, conflictSeconds);
  return centred(drawn, conflict);
}

/** Where the courses cross, else where they are nearest to each other at the time of the conflict. */
function conflictOf([one, other]) {
  const crossing = crossingOf(one, other);
  return crossing ?? {x: (one.toX + other.toX) / 2, y: (one.toY + other.toY) / 2};
}

function crossingOf(one, other) {
  const [ax, ay, bx, by] = [one.toX - one.x, one.toY - one.y, other.toX - other.x, other.toY - other.y];
  const across = ax * by - ay * bx;
  if (Math.abs(across) < 1e-6) {
    return null;
  }
  const part = ((other.x - one.x) * by - (other.y - one.y) * bx) / across;
  const otherPart = ((other.x - one.x) * ay - (other.y - one.y) * ax) / across;
  const far = part < 0 || part > 1.6 || otherPart < 0 || otherPart > 1.6;
  return far ? null : {x: one.x + ax * part, y: one.y + ay * part};
}

function centred(drawn, conflict) {
  const xs = [...drawn.flatMap((one) => [one.x, one.toX]), ...conflict ? [conflict.x] : []];
  const ys = [...drawn.flatMap((one) => [one.y, one.toY]), ...conflict ? [conflict.y] : []];
  const middleX = (Math.min(...xs) + Math.max(...xs)) / 2;
  const middleY = (Math.min(...ys) + Math.max(...ys)) / 2;
  const half = Math.max(Math.max(...xs) - middleX, Math.max(...ys) - middleY, 10) * 1.25;
  const step = [1, 2, 5, 10, 20, 50, 100, 200].find((metres) => metres >= half / 2.5) ?? 500;
  const move = ({x, y, toX, toY, ...rest}) => ({...rest, x: x - middleX, y: y - middleY, toX: toX - middleX, toY: toY - middleY});
  return {parties: drawn.map(move), conflict: conflict && {x: conflict.x - middleX, y: conflict.y - middleY}, half, step};
}
