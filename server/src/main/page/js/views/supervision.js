// Test vehicles: who answers for them, where and when they may drive, what they did.
import {html, nothing} from 'lit-html';
import {dateTime, duration, number} from '../format.js';
import {t, tOr} from '../i18n.js';
import {icon} from './icons.js';
import {table} from './table.js';

const MODES = ['automated', 'manual', 'unknown'];
const VIOLATIONS = ['offRoad', 'outsideHours', 'outsidePermit'];

/** The violations of a day or month, all kinds together. */
export const violations = (figures) => VIOLATIONS.reduce((sum, kind) => sum + (figures?.[kind] ?? 0), 0);
const total = (figures, what) => MODES.reduce((sum, mode) => sum + (figures?.[mode]?.[what] ?? 0), 0);
const byMode = (figures, what, show) => MODES.filter((mode) => figures?.[mode]?.[what])
  .map((mode) => html`<span class="mode ${mode}" title=${t(`drive.${mode}`)}>${t(`drive.${mode}`)} ${show(figures[mode][what])}</span>`);
const counted = (name, of) => ({name, numeric: true, of, show: (one) => html`<span class=${of(one) ? 'bad' : ''}>${number(of(one))}</span>`});

const columns = (period) => [
  {name: 'vehicle.device', of: (one) => one.device, show: (one) => one.device},
  {name: 'vehicle.plate', of: (one) => one.plate, show: (one) => one.plate || '–'},
  {name: 'vehicle.operator', of: (one) => one.operator, show: (one) => html`<span title=${one.enterprise ?? ''}>${one.operator || one.enterprise || '–'}</span>`},
  {name: 'vehicle.permit', of: (one) => one.permit?.to, show: permit},
  {name: 'vehicle.roads', of: (one) => one.roads?.length ?? 0, show: (one) => one.roads?.join(', ') || t('vehicle.allRoads')},
  {name: 'vehicle.mode', of: (one) => one.mode, show: (one) => mode(one)},
  {name: 'vehicle.mileage', numeric: true, of: (one) => total(one[period], 'metres'), show: (one) => byMode(one[period], 'metres', (metres) => `${number(metres / 1000, 1)} km`)},
  {name: 'vehicle.hours', numeric: true, of: (one) => total(one[period], 'seconds'), show: (one) => byMode(one[period], 'seconds', duration)},
  {name: 'vehicle.takeovers', numeric: true, of: (one) => one[period]?.takeovers ?? 0, show: (one) => number(one[period]?.takeovers ?? 0)},
  {name: 'vehicle.braking', numeric: true, of: (one) => one[period]?.harshBrakings ?? 0, show: (one) => number(one[period]?.harshBrakings ?? 0)},
  counted('vehicle.failures', (one) => one[period]?.failures ?? 0),
  {...counted('vehicle.violations', (one) => violations(one[period])), show: (one) => violationsOf(one[period])},
];

function mode(one) {
  const name = one.mode?.toLowerCase() ?? 'unknown';
  return one.online ? html`<span class="mode ${name}">${tOr(`drive.${name}`, name)}</span>` : html`<span class="lamp off">${t('device.off')}</span>`;
}

function permit({permit: paper, permitted}) {
  const window = paper ? [paper.from, paper.to].filter(Boolean).join(' – ') : '';
  const hours = paper?.fromHour === undefined || paper.fromHour === paper.toHour ? '' : ` ${number(paper.fromHour, 0)}–${number(paper.toHour, 0)} h`;
  return html`<span class="lamp ${permitted ? 'ok' : 'off'}">${permitted ? t('vehicle.valid') : t('vehicle.invalid')}</span> <span title=${paper?.number ?? ''}>${window}${hours}</span>`;
}

const violationsOf = (figures) => violations(figures) ? html`<span class="bad">${number(violations(figures))}</span> <small>${VIOLATIONS.filter((kind) => figures[kind]).map((kind) => `${t(`violation.${kind}`)} ${figures[kind]}`).join(', ')}</small>` : '0';

export function supervisionView(state, act) {
  const chosen = state.vehicles.find((one) => one.device === state.vehicleId);
  return html`<div class="view"><header><h1>${t('view.supervision')}</h1><p>${t('vehicle.count', {count: number(state.vehicles.length)})}</p>
      <div class="actions">${['today', 'month'].map((period) => html`<button aria-pressed=${String(state.period === period)} class=${state.period === period ? 'on' : ''} @click=${() => act.period(period)}>${t(`vehicle.${period}`)}</button>`)}</div></header>
    <div class="split ${chosen ? 'two' : ''}"><div class="scroll" tabindex="0" role="region" aria-label=${t('view.supervision')}>${table({caption: t('view.supervision'), columns: columns(state.period), rows: state.vehicles, sort: state.vehicleSort, onSort: (sort) => act.sortVehicles(sort), onRow: (one) => act.chooseVehicle(one.device), chosen: (one) => one === chosen})}
    ${state.vehicles.length ? nothing : html`<p class="empty">${t('nothing')}</p>`}</div>
      ${chosen ? vehicle(chosen, act) : nothing}</div></div>`;
}

/** One vehicle: the way to where it is, and to each thing that it did last. */
function vehicle(one, act) {
  const moments = one.moments ?? [];
  return html`<aside class="side" aria-labelledby="vehicle-title"><header><h2 id="vehicle-title">${one.device}</h2><button class="plain" aria-label=${t('close')} @click=${() => act.chooseVehicle(null)}>${icon('close')}</button></header>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="vehicle-title">
    <div class="actions"><button @click=${() => act.showDevice(one)}>${t('vehicle.place')}</button></div>
    <h3>${t('vehicle.moments')}</h3>
    ${moments.length ? html`<ul class="plain-list">${moments.map((moment) => html`<li><button class="plain moment" title=${t('moment.replay')} @click=${() => act.replayMoment(one, moment)}><time datetime=${moment.at}>${dateTime(moment.at)}</time> ${tOr(`moment.${moment.what}`, moment.what)}</button></li>`)}</ul>`
      : html`<p class="empty">${t('vehicle.noMoments')}</p>`}</div></aside>`;
}
