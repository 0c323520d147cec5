// The base map: the zone's own geometry as layers of OpenLayers. Drawn again only when the view moves.
import {Feature, geom, layer, source, style} from 'ol';
import {offsetLine} from './geometry.js';

const LANES_BELOW = 0.55;
const NAMES_BELOW = 3;

/** The layers of the base map, lowest first. @param readPalette the colours of the theme that is on */
export function baseLayers(zone, readPalette) {
  const roads = [...zone.movements.filter((one) => one.coordinates).map((one) => road(one.coordinates, 1, 3.5)),
    ...zone.links.map((link) => road(link.coordinates, link.lanes ?? 1, link.laneWidthM ?? 3.5, link))];
  let palette = readPalette();
  const pixels = (metres, resolution, least) => Math.max(metres * zone.metre / resolution, least);
  const layers = [
    vector(zone.approved.map(polygon), () => new style.Style({stroke: new style.Stroke({color: palette.approved, width: 2, lineDash: [8, 5]})})),
    vector(zone.areas.map(polygon), (feature, resolution) => areaStyle(feature, resolution, palette)),
    vector(roads, (feature, resolution) => new style.Style({stroke: new style.Stroke({
      color: palette.roadEdge, width: pixels(feature.get('width'), resolution, 2) + 2, lineCap: 'butt'})})),
    vector(roads, (feature, resolution) => new style.Style({
      stroke: new style.Stroke({color: palette.road, width: pixels(feature.get('width'), resolution, 2), lineCap: 'butt'})})),
    vector(zone.links.flatMap((link) => marks(link, zone.metre)), (feature, resolution) => new style.Style({stroke: new style.Stroke({
      color: palette.lane, width: pixels(0.15, resolution, 0.8), lineDash: [6 * zone.metre / resolution, 9 * zone.metre / resolution]})}), LANES_BELOW),
    vector(zone.crossings.map(line), (feature, resolution) => new style.Style({stroke: new style.Stroke({
      color: palette.zebra, width: pixels(4, resolution, 3), lineCap: 'butt',
      lineDash: [Math.max(0.5 * zone.metre / resolution, 1), Math.max(0.6 * zone.metre / resolution, 1.2)]})}), 2.5),
    vector(roads.filter((one) => one.get('name')), (feature) => nameStyle(feature, palette), NAMES_BELOW, true),
  ];
  return {
    layers,
    repaint() {
      palette = readPalette();
      layers.forEach((one) => one.changed());
    },
  };
}

/** Place layers of the zone's own files, schools and homes for the elderly for example. */
export function placeLayer(collection, readPalette, format) {
  const features = format(collection);
  return vector(features, (feature, resolution) => areaStyle(feature, resolution, readPalette()));
}

function vector(features, look, maxResolution = Infinity, declutter = false) {
  return new layer.Vector({
    source: new source.Vector({features}), style: look, maxResolution, declutter, updateWhileAnimating: false, updateWhileInteracting: false,
  });
}

const road = (coordinates, lanes, laneWidth, {name, speedLimitKmh} = {}) =>
  new Feature({geometry: new geom.LineString(coordinates), width: lanes * laneWidth, name, speedLimitKmh});
const line = (one) => new Feature({geometry: new geom.LineString(one.coordinates)});
const polygon = (one) => new Feature({geometry: new geom.Polygon(one.coordinates), name: one.name, type: one.type});

/** The lines between the lanes of a link. */
function marks(link, metre) {
  const lanes = link.lanes ?? 1;
  return Array.from({length: lanes - 1}, (none, i) => new Feature({
    geometry: new geom.LineString(offsetLine(link.coordinates, (i + 1 - lanes / 2) * (link.laneWidthM ?? 3.5) * metre))}));
}

function areaStyle(feature, resolution, palette) {
  const text = resolution < 9 ? feature.get('name') : null;
  return new style.Style({
    fill: new style.Fill({color: palette.place}),
    stroke: new style.Stroke({color: palette.caution, width: 1.4, lineDash: [4, 4]}),
    image: new style.RegularShape({points: 4, radius: 8, fill: new style.Fill({color: palette.caution}), stroke: new style.Stroke({color: palette.outline, width: 1.5})}),
    text: text ? label(text, palette, {offsetY: 16}) : undefined,
  });
}

const nameStyle = (feature, palette) => new style.Style({text: label(feature.get('name'), palette, {placement: 'line'})});

function label(text, palette, more) {
  return new style.Text({
    text, font: '12px system-ui, "Noto Sans CJK SC", sans-serif', fill: new style.Fill({color: palette.muted}),
    stroke: new style.Stroke({color: palette.textHalo, width: 3}), ...more,
  });
}
