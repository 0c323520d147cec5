// The course of a bus line: the shortest way along the links from stop to stop.
import {Feature, geom, layer, source, style} from 'ol';
import {lengthOf} from './geometry.js';

/** Links from one to another, both included, by the shortest way; null where there is none. */
export function way(links, from, to) {
  const byNode = Map.groupBy(links, (link) => link.upstream);
  const best = new Map([[from, 0]]);
  const before = new Map();
  const open = [from];
  while (open.length) {
    const link = open.splice(open.reduce((least, one, i) => best.get(one) < best.get(open[least]) ? i : least, 0), 1)[0];
    if (link === to) {
      const found = [to];
      while (before.has(found[0])) {
        found.unshift(before.get(found[0]));
      }
      return found;
    }
    for (const next of byNode.get(link.downstream) ?? []) {
      const cost = best.get(link) + lengthOf(next.coordinates);
      if (next.downstream !== link.upstream && cost < (best.get(next) ?? Infinity)) {
        best.set(next, cost);
        before.set(next, link);
        open.push(next);
      }
    }
  }
  return null;
}

/** The links a line drives on, each once. */
export function course(zone, line) {
  const links = new Map(zone.links.map((link) => [link.linkId, link]));
  const stops = line.stops.map((name) => zone.stops.find((stop) => stop.name === name)).filter(Boolean).map((stop) => links.get(stop.link));
  const pairs = stops.slice(1).map((stop, i) => [stops[i], stop]);
  if (line.loop && stops.length > 1) {
    pairs.push([stops.at(-1), stops[0]]);
  }
  return new Set(pairs.flatMap(([from, to]) => from && to ? way(zone.links, from, to) ?? [] : []));
}

export function courseLayer(zone, readPalette) {
  const features = zone.lines.flatMap((line) => [...course(zone, line)].map((link) => new Feature({geometry: new geom.LineString(link.coordinates)})));
  return new layer.Vector({
    source: new source.Vector({features}),
    style: () => new style.Style({stroke: new style.Stroke({color: readPalette().info, width: 2.5, lineDash: [2, 7], lineCap: 'round'})}),
  });
}
