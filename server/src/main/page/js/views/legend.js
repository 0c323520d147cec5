// What the shapes on the map mean, and which of its layers are shown.
import {html} from 'lit-html';
import {t} from '../i18n.js';
import {FLAG} from '../positions.js';
import {readPalette} from '../map/palette.js';
import {paintShape} from '../map/sprites.js';

const OWN = FLAG.selfReported;
const KEYS = [
  ['legend.automated', {vehicleClass: 10, type: 1, drivingMode: 2, flags: OWN}], ['legend.manual', {vehicleClass: 10, type: 1, drivingMode: 1, flags: OWN}],
  ['legend.unknown', {vehicleClass: 10, type: 1, drivingMode: 0, flags: OWN}], ['legend.seen', {vehicleClass: 10, type: 1, drivingMode: 0, flags: FLAG.seen}],
  ['shape.truck', {vehicleClass: 30, type: 1, drivingMode: 1, flags: OWN}], ['shape.bus', {vehicleClass: 50, type: 1, drivingMode: 2, flags: OWN}],
  ['shape.emergency', {vehicleClass: 60, type: 1, drivingMode: 1, flags: OWN}], ['shape.motorcycle', {vehicleClass: 40, type: 1, drivingMode: 1, flags: OWN}],
  ['shape.cycle', {vehicleClass: 0, type: 2, drivingMode: 0, flags: OWN}], ['shape.person', {vehicleClass: 0, type: 3, drivingMode: 0, flags: OWN}],
  ['shape.obstacle', {vehicleClass: 0, type: 0, drivingMode: 0, flags: FLAG.obstacle}],
];
const TRAFFIC = ['free', 'dense', 'jam'];
const LAYERS = ['traffic', 'seen', 'signals', 'sites', 'units', 'events'];

export function legend(state, act) {
  return html`<section class="legend" aria-label=${t('map.layers')}>
    <fieldset><legend>${t('layers')}</legend>${LAYERS.map((name) => html`<label><input type="checkbox" .checked=${state.layers[name]} @change=${(event) => act.layer(name, event.target.checked)}>${t(`layer.${name}`)}</label>`)}</fieldset>
    <h2>${t('legend')}</h2><ul>${KEYS.map(([name, look], i) => html`<li><canvas width="40" height="40" data-key=${i} aria-hidden="true"></canvas>${t(name)}</li>`)}${TRAFFIC.map((name) => html`<li><span class="stretch ${name}" aria-hidden="true"></span>${t(`legend.${name}`)}</li>`)}</ul></section>`;
}

/** Paints the shapes of the legend with the very code that paints the map; called after it was drawn. */
export function paintLegend() {
  const palette = readPalette();
  for (const canvas of document.querySelectorAll('.legend canvas')) {
    const context = canvas.getContext('2d');
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, 40, 40);
    context.setTransform(2, 0, 0, 2, 20, 20);
    paintShape(context, palette, {...KEYS[Number(canvas.dataset.key)][1], heading: 0}, 6);
  }
}
