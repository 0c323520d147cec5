// The map: base layers, what moves over them, and what a hand does to it.
import {Map as OlMap, View, control, interaction, proj} from 'ol';
import {baseLayers, placeLayer} from './base.js';
import {readZone} from './geometry.js';
import {LiveLayer} from './live-layer.js';
import {readPalette} from './palette.js';
import {Painter} from './painter.js';
import {courseLayer} from './shuttle.js';
import {GeoJSON} from './geojson.js';

const REACH_PIXELS = 16;
const MARGIN = 0.12;
const FOLLOW_MS = 90;
const SLOW_FRAMES = 10;

export class RoadMap {
  #zone = null;
  #base = null;
  #places = null;
  #followedAt = 0;
  #asked = '';
  #whole = null;

  /** @param on told onBox(box, hz), onSelect({participant}|{unit}|{stop}|{crossing}|{event}|null), onRate(framesPerSecond) */
  constructor(element, state, road, on) {
    Object.assign(this, {element, state, road, on});
    this.painter = new Painter(state, road);
    this.painter.onPainted = (nowMs) => this.#follow(nowMs);
    this.live = new LiveLayer(this.painter, (rate) => this.#rate(rate));
    this.hz = 10;
    this.map = new OlMap({
      target: element,
      layers: [this.live.layer],
      controls: [new control.ScaleLine({minWidth: 80})],
      interactions: interaction.defaults.defaults({altShiftDragRotate: false, pinchRotate: false}),
      view: new View({center: proj.fromLonLat([106.3, 29.6]), zoom: 14, maxZoom: 21, minZoom: 8, enableRotation: false}),
      keyboardEventTarget: element,
    });
    this.map.on('moveend', () => this.tellBox());
    this.map.on('singleclick', ({pixel}) => on.onSelect(this.#at(pixel)));
    this.map.on('pointermove', ({pixel, dragging}) => dragging || (element.classList.toggle('pointing', this.#at(pixel) !== null)));
    this.map.on('pointerdrag', () => state.follow && on.onUnfollow());
  }

  /** The zone's GeoJSON is there: draws it and, unless the address says where, shows all of it. */
  showZone(json, box) {
    this.#zone = readZone(json);
    this.#base = baseLayers(this.#zone, readPalette);
    this.#base.layers.forEach((one) => this.map.addLayer(one));
    this.map.addLayer(courseLayer(this.#zone, readPalette));
    this.repaint();
    if (box) {
      this.showBox(box);
    } else {
      this.showAll();
    }
    // Not only once the base map is painted: by then the first positions can be here.
    this.tellBox();
    return this.#zone;
  }

  showPlaces(collection) {
    const layer = placeLayer(collection, readPalette, GeoJSON);
    layer.setZIndex(1);
    this.map.addLayer(layer);
    this.#places = layer;
  }

  showAll() {
    if (this.#zone) {
      this.map.getView().fit(this.#zone.extent, {padding: [72, 64, 56, 48]});
      this.#whole = this.#look();
    }
  }

  showBox([west, south, east, north]) {
    this.map.getView().fit([...proj.fromLonLat([west, south]), ...proj.fromLonLat([east, north])]);
  }

  /** Brings a place to the middle, near enough to see lanes. */
  showPlace(lon, lat, resolution = 0.5) {
    const view = this.map.getView();
    view.setResolution(Math.min(view.getResolution(), resolution));
    view.setCenter(proj.fromLonLat([lon, lat]));
  }

  zoomBy(steps) {
    this.map.getView().adjustZoom(steps);
  }

  /** The theme has changed. */
  repaint() {
    this.painter.use(readPalette(), this.#zone);
    this.#base?.repaint();
    this.#places?.changed();
    this.map.render();
  }

  /** Who looks at the whole zone still does when the room for it has changed. */
  resize() {
    const whole = this.#whole === this.#look();
    this.map.updateSize();
    if (whole && this.element.clientWidth) {
      this.showAll();
    }
  }

  #look() {
    const view = this.map.getView();
    return `${view.getCenter()} ${view.getResolution()}`;
  }

  /** The corners of what is seen: west, south, east, north in degrees. */
  box() {
    const [west, south, east, north] = proj.transformExtent(this.map.getView().calculateExtent(this.map.getSize()), 'EPSG:3857', 'EPSG:4326');
    return [west, south, east, north];
  }

  tellBox() {
    if (!this.map.getSize()) {
      return;
    }
    const [west, south, east, north] = this.box();
    const [dx, dy] = [(east - west) * MARGIN, (north - south) * MARGIN];
    const asked = [Math.max(west - dx, -180), Math.max(south - dy, -85), Math.min(east + dx, 180), Math.min(north + dy, 85)];
    if (`${asked} ${this.hz}` !== this.#asked) {
      this.#asked = `${asked} ${this.hz}`;
      this.on.onBox(asked, this.hz);
    }
  }

  #rate(framesPerSecond) {
    this.element.dataset.framesPerSecond = framesPerSecond;
    this.element.dataset.participants = this.road.size;
    const hz = framesPerSecond > 0 && framesPerSecond < SLOW_FRAMES ? 5 : 10;
    if (hz !== this.hz) {
      this.hz = hz;
      this.tellBox();
    }
    this.on.onRate(framesPerSecond);
  }

  #follow(nowMs) {
    const followed = this.state.follow ? this.road.get(this.state.selectedKey) : null;
    if (followed && nowMs - this.#followedAt > FOLLOW_MS) {
      this.#followedAt = nowMs;
      setTimeout(() => this.map.getView().setCenter([followed.x, followed.y]));
    }
  }

  /** What is nearest to a pixel: a road user before what stands at the road. */
  #at([px, py]) {
    const nearest = (things, where, what) => {
      let best = null;
      let least = REACH_PIXELS;
      for (const thing of things) {
        const place = where(thing);
        const distance = place ? Math.hypot(place[0] - px, place[1] - py) : Infinity;
        if (distance < least) {
          least = distance;
          best = thing;
        }
      }
      return best === null ? null : what(best);
    };
    const pixel = (thing) => this.map.getPixelFromCoordinate([thing.x, thing.y]);
    return nearest(this.road.participants.values(), (one) => one.visible ? [one.px, one.py] : null, (one) => ({participant: String(one.key)}))
      ?? nearest(this.state.events.values(), pixel, (event) => ({event: event.id}))
      ?? nearest(this.state.layers.units ? this.state.units.values() : [], pixel, (unit) => ({unit: unit.id}))
      ?? nearest(this.#zone?.stops ?? [], (stop) => this.map.getPixelFromCoordinate(stop.coordinates), (stop) => ({stop: stop.name}))
      ?? nearest(this.state.crossings, pixel, (crossing) => ({crossing: crossing.name}));
  }
}
