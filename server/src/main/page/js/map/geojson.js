// Features of OpenLayers from GeoJSON in degrees, without the format's module: points, lines and polygons.
import {Feature, geom} from 'ol';
import {mercator} from '../road.js';

const KINDS = {Point: geom.Point, LineString: geom.LineString, Polygon: geom.Polygon, MultiPolygon: geom.MultiPolygon};

const project = (coordinates) => typeof coordinates[0] === 'number' ? mercator(coordinates[0], coordinates[1]) : coordinates.map(project);

/** @returns {Feature[]} those with a geometry that can be shown, with their properties */
export function GeoJSON(collection) {
  return (collection.features ?? [])
    .filter(({geometry}) => KINDS[geometry?.type])
    .map(({geometry, properties}) => new Feature({...properties, geometry: new KINDS[geometry.type](project(geometry.coordinates))}));
}
