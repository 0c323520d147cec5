// Test vehicles: who answers for them, where and when they may drive, what they did.
import {html, nothing} from 'lit-html';
import {dateTime, duration, number} from '../format.js';
import {t, tOr} from '../i18n.js';
import {table} from './table.js';

const MODES = ['automated', 'manual', 'unknown'];
const total = (byMode) => MODES.reduce((sum, mode) => sum + (byMode?.[mode] ?? 0), 0);
const byMode = (values, show) => MODES.filter((mode) => values?.[mode]).map((mode) => html`<span class="mode ${mode}" title=${t(`drive.${mode}`)}>${t(`drive.${mode}`)} ${show(values[mode])}</span>`);
const count = (value) => Array.isArray(value) ? value.length : value ?? 0;

const COLUMNS = (state) => [
  {name: 'vehicle.device', of: (one) => one.device, show: (one) => one.device},
  {name: 'vehicle.operator', of: (one) => one.operator, show: (one) => one.operator ?? '–'},
  {name: 'vehicle.permit', of: (one) => one.permitUntil, show: (one) => permit(one, state)},
  {name: 'vehicle.roads', of: (one) => one.approvedRoads, show: (one) => one.approvedRoads ?? '–'},
  {name: 'vehicle.mode', of: (one) => one.mode, show: (one) => one.mode ? html`<span class="mode ${one.mode}">${tOr(`drive.${one.mode}`, one.mode)}</span>` : '–'},
  {name: 'vehicle.mileage', numeric: true, of: (one) => total(one.metresByMode), show: (one) => byMode(one.metresByMode, (metres) => `${number(metres / 1000, 1)} km`)},
  {name: 'vehicle.hours', numeric: true, of: (one) => total(one.secondsByMode), show: (one) => byMode(one.secondsByMode, duration)},
  {name: 'vehicle.takeovers', numeric: true, of: (one) => count(one.takeovers), show: (one) => number(count(one.takeovers))},
  {name: 'vehicle.violations', numeric: true, of: (one) => count(one.violations), show: (one) => html`<span class=${count(one.violations) ? 'bad' : ''}>${number(count(one.violations))}</span>`},
];

function permit(one, state) {
  if (!one.permitFrom && !one.permitUntil) {
    return '–';
  }
  const now = state.wallMs();
  const good = !(one.permitFrom && Date.parse(one.permitFrom) > now) && !(one.permitUntil && Date.parse(one.permitUntil) < now);
  return html`<span class="lamp ${good ? 'ok' : 'off'}">${good ? t('vehicle.valid') : t('vehicle.invalid')}</span> ${one.permitUntil ? dateTime(one.permitUntil).slice(0, 16) : ''}`;
}

export function supervisionView(state, act) {
  return html`<div class="view"><header><h1>${t('view.supervision')}</h1><p>${t('vehicle.count', {count: number(state.vehicles.length)})}</p></header>
    <div class="scroll" tabindex="0" role="region" aria-label=${t('view.supervision')}>${table({caption: t('view.supervision'), columns: COLUMNS(state), rows: state.vehicles, sort: state.vehicleSort, onSort: (sort) => act.sortVehicles(sort), onRow: (one) => act.showDevice(one)})}
    ${state.vehicles.length ? nothing : html`<p class="empty">${t('nothing')}</p>`}
    ${incidents(state, act)}</div></div>`;
}

/** Takeovers and violations of all vehicles, the last first, each a way to the moment it happened. */
function incidents(state, act) {
  const rows = state.vehicles.flatMap((one) => ['takeovers', 'violations'].flatMap((kind) => Array.isArray(one[kind]) ? one[kind].map((incident) => ({...incident, kind, device: one.device})) : []));
  rows.sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
  return rows.length ? html`<h2>${t('vehicle.incidents')}</h2><ul class="plain-list">${rows.slice(0, 60).map((row) => html`<li><button class="plain" @click=${() => act.seek(Date.parse(row.at) - 10_000)}><time>${dateTime(row.at)}</time> <b>${row.device}</b> ${t(`vehicle.${row.kind}`)} ${row.what ?? row.reason ?? row.from ?? ''}</button></li>`)}</ul>` : nothing;
}
