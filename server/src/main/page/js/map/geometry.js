// Geometry of the zone in the map's coordinates. Pure.
import {mercator} from '../road.js';

/** How much longer things are in Web Mercator than on the ground at this latitude. */
export const stretch = (lat) => 1 / Math.cos(lat * Math.PI / 180);

/** A line moved to its right by a distance, both in the units of its coordinates. */
export function offsetLine(line, distance) {
  return line.map((point, i) => {
    const before = line[Math.max(i - 1, 0)];
    const after = line[Math.min(i + 1, line.length - 1)];
    const dx = after[0] - before[0];
    const dy = after[1] - before[1];
    const length = Math.hypot(dx, dy) || 1;
    return [point[0] + dy / length * distance, point[1] - dx / length * distance];
  });
}

/** The point at a distance along a line and the direction there: {x, y, dx, dy}; beyond its ends, the end. */
export function along(line, distance) {
  let left = Math.max(distance, 0);
  for (let i = 1; i < line.length; i++) {
    const dx = line[i][0] - line[i - 1][0];
    const dy = line[i][1] - line[i - 1][1];
    const length = Math.hypot(dx, dy);
    if (left <= length || i === line.length - 1) {
      const part = length ? Math.min(left / length, 1) : 0;
      return {x: line[i - 1][0] + dx * part, y: line[i - 1][1] + dy * part, dx: dx / (length || 1), dy: dy / (length || 1)};
    }
    left -= length;
  }
  return {x: line[0][0], y: line[0][1], dx: 0, dy: 1};
}

export const lengthOf = (line) => line.slice(1).reduce((sum, point, i) => sum + Math.hypot(point[0] - line[i][0], point[1] - line[i][1]), 0);

/**
 * Makes of a zone's GeoJSON what is drawn of it. Metres become units of the map.
 *
 * @returns {{links: Object[], movements: Object[], crossings: Object[], stops: Object[], units: Object[], areas: Object[],
 *   approved: Object[], lines: Object[], stopLines: Map, extent: number[], metre: number, name: string}}
 */
export function readZone(json) {
  const zone = {links: [], movements: [], crossings: [], stops: [], units: [], areas: [], approved: [], lines: [], nodes: [],
    name: json.luyun?.name ?? '', region: json.luyun?.region ?? 0};
  const kinds = {link: zone.links, movement: zone.movements, crossing: zone.crossings, busStop: zone.stops, rsu: zone.units,
    area: zone.areas, approved: zone.approved, busLine: zone.lines, node: zone.nodes};
  const extent = [Infinity, Infinity, -Infinity, -Infinity];
  for (const {properties, geometry} of json.features) {
    kinds[properties.kind]?.push({...properties, coordinates: project(geometry?.coordinates, extent)});
  }
  zone.extent = extent;
  zone.metre = stretch(json.luyun?.ref?.[1] ?? 0);
  zone.stopLines = stopLines(zone);
  return zone;
}

function project(coordinates, extent) {
  if (!coordinates) {
    return null;
  }
  if (typeof coordinates[0] !== 'number') {
    return coordinates.map((inner) => project(inner, extent));
  }
  const [x, y] = mercator(coordinates[0], coordinates[1]);
  extent[0] = Math.min(extent[0], x);
  extent[1] = Math.min(extent[1], y);
  extent[2] = Math.max(extent[2], x);
  extent[3] = Math.max(extent[3], y);
  return [x, y];
}

/**
 * Where each phase of each node is shown: at the stop line of the links whose movements have it, over the lanes these have.
 *
 * @returns {Map<string, {x, y, dx, dy, from: number, to: number}[]>} by "node:phase"; from and to are metres to the right
 */
function stopLines(zone) {
  const links = new Map(zone.links.map((link) => [link.linkId, link]));
  const byPhase = new Map();
  for (const movement of zone.movements) {
    const link = links.get(movement.fromLink);
    if (!movement.phaseId || !link) {
      continue;
    }
    const name = `${movement.node ?? link.downstream}:${movement.phaseId}`;
    const list = byPhase.get(name) ?? byPhase.set(name, []).get(name);
    if (!list.some((one) => one.link === link.linkId && one.maneuver === movement.maneuver)) {
      list.push({...stopLine(zone, link, movement), link: link.linkId, maneuver: movement.maneuver});
    }
  }
  return byPhase;
}

function stopLine(zone, link, movement) {
  const count = link.lanes ?? 1;
  const width = link.laneWidthM ?? 3.5;
  const lanes = (movement.lanes ?? []).map(([from]) => from);
  const first = lanes.length ? Math.min(...lanes) : 1;
  const last = lanes.length ? Math.max(...lanes) : count;
  const at = along(link.coordinates, link.stopLineM === undefined ? Infinity : link.stopLineM * zone.metre);
  return {...at, from: (first - 1 - count / 2) * width, to: (last - count / 2) * width};
}
