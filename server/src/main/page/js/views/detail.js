// What is known of the road user, unit, stop or crossing that was clicked.
import {html, nothing} from 'lit-html';
import {nameOf} from '../alerts.js';
import {clock, duration, number, withUnit} from '../format.js';
import {t, tOr} from '../i18n.js';
import {FLAG} from '../positions.js';
import {shapeOf} from '../map/shapes.js';
import {kindName} from './alerts.js';
import {icon} from './icons.js';

const MOST_FIELDS = 80;

export function detailPanel(state, act) {
  const {selected} = state;
  if (!selected) {
    return nothing;
  }
  const [title, body] = selected.participant || selected.device ? participant(state, act) : place(state);
  return html`<aside class="panel" aria-labelledby="panel-title">
    <header><h2 id="panel-title" tabindex="-1">${title}</h2><button class="plain" aria-label=${t('close')} @click=${() => act.select(null)}>${icon('close')}</button></header>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="panel-title">${body}</div></aside>`;
}

const list = (rows) => html`<dl>${rows.filter(([, value]) => value !== null && value !== undefined && value !== '').map(([name, value]) => html`<dt>${tOr(name, name)}</dt><dd>${value}</dd>`)}</dl>`;

function participant(state, act) {
  const id = state.selected.participant;
  const one = state.participant(id);
  const more = state.participantDetail?.id === id ? state.participantDetail : null;
  const device = (one && state.names.get(one.device)) ?? more?.device ?? state.selected.device ?? '';
  const body = html`
    ${one ? html`<p class="badges"><span>${t(`shape.${shapeOf({...one, obstacle: one.flags & FLAG.obstacle})}`)}</span>
      <span class="mode-${one.drivingMode}">${tOr(`mode.${one.drivingMode}`, t('mode.0'))}</span>
      ${one.flags & FLAG.selfReported ? nothing : html`<span class="seen">${t('detail.seenOnly')}</span>`}
      ${one.flags & FLAG.coasting ? html`<span>${t('detail.coasting')}</span>` : nothing}
      ${one.flags & FLAG.emergency ? html`<span class="critical">${t('detail.emergency')}</span>` : nothing}</p>
      <p class="big-figure">${number((one.speedMps ?? NaN) * 3.6)}<small> km/h</small></p>` : html`<p class="empty">${t('detail.gone')}</p>`}
    <div class="actions"><button aria-pressed=${String(state.follow)} class=${state.follow ? 'on' : ''} ?disabled=${!one} @click=${() => act.follow(!state.follow)}>${t('detail.follow')}</button>
      ${state.may('operate') && one ? html`<button @click=${() => act.freezeAt(one)}>${t('alert.freeze')}</button>` : nothing}</div>
    ${one ? list([['detail.heading', withUnit(one.headingDeg, 0, '°')], ['detail.position', `${one.lat.toFixed(6)}, ${one.lon.toFixed(6)}`],
      ['detail.seenBy', state.names.get(one.seenBy)], ['detail.age', withUnit(one.ageMs, 0, 'ms')], ['detail.id', id]]) : nothing}
    ${more ? message(more) : nothing}
    ${id === undefined ? nothing : alertsOf(id, more?.alerts ?? [], state, act)}`;
  return [device || `#${id}`, body];
}

/** One decimal and a unit; nothing where the server cannot tell, as of a time of the past. */
const told1 = (value, unit) => value === undefined ? null : withUnit(value, 1, unit);

/** What the server told of its latest message, each field with its unit. */
function message(more) {
  const told = more.message ?? {};
  return html`${list([['detail.kind', told.kind], ['detail.rate', told1(more.messagesPerSecond, '/s')], ['detail.clock', told1(more.clockOffsetMs, 'ms')],
    ['detail.units', [...new Set([told.device, more.seenBy, ...(more.units ?? []).map(({id}) => id)].filter(Boolean))].join(', ')]])}
    ${told.fields ? html`<details open><summary>${more.at ? t('detail.then', {time: clock(told.at)}) : t('detail.message')}</summary>${list(flatten(told.fields))}</details>` : more.at ? html`<p class="empty">${t('detail.noThen')}</p>` : nothing}`;
}

/** Fields within fields as rows of [path, text]; a quantity is {value, unit}. */
export function flatten(fields, path = '') {
  return Object.entries(fields).flatMap(([name, value]) => {
    const here = path ? `${path}.${name}` : name;
    if (value === null || typeof value !== 'object') {
      return [[here, String(value)]];
    }
    return value.unit !== undefined && value.value !== undefined ? [[here, `${value.value} ${value.unit}`]] : flatten(value, here);
  }).slice(0, MOST_FIELDS);
}

/** Those in the list here, and those of before that the server knows. */
function alertsOf(id, before, state, act) {
  const here = state.alerts.filter((alert) => alert.subject?.participant === id || alert.target?.participant === id);
  const own = [...here, ...before.filter((alert) => !here.some((one) => one.id === alert.id))].slice(0, 6);
  return own.length ? html`<h3>${t('detail.alerts')}</h3><ul class="plain-list">${own.map((alert) => html`<li><button class="plain" @click=${() => act.selectAlert(alert.id)}><time>${clock(alert.raisedAt)}</time> ${kindName(alert.kind)} ${nameOf(alert.target) ?? ''}</button></li>`)}</ul>` : nothing;
}

function place(state) {
  const {unit, stop, crossing, event} = state.selected;
  if (unit) {
    const one = state.units.get(unit) ?? {};
    return [unit, list([['detail.health', tOr(`health.${one.health}`, one.health)], ['detail.rate', withUnit(one.messagesPerSecond, 1, '/s')], ['detail.lost', withUnit(one.lostPercent, 2, '%')], ['detail.range', withUnit(one.rangeM, 0, 'm')], ['detail.position', `${one.lat?.toFixed(6)}, ${one.lon?.toFixed(6)}`]])];
  }
  if (stop) {
    const arrivals = state.stops.get(stop)?.arrivals ?? [];
    return [stop, arrivals.length ? html`<table><thead><tr><th>${t('stop.line')}</th><th>${t('stop.vehicle')}</th><th>${t('stop.in')}</th><th>${t('stop.before')}</th></tr></thead><tbody>${arrivals.map((one) => html`<tr><td>${one.line}</td><td>${one.device}</td><td>${one.atStop ? t('stop.here') : duration(Math.max(0, one.arrivalMs - state.sinceMs(state.stopsAtMs)) / 1000)}</td><td>${one.stopsBefore}</td></tr>`)}</tbody></table>` : html`<p class="empty">${t('stop.none')}</p>`];
  }
  if (event) {
    const one = state.events.get(event) ?? {};
    return [one.description || String(one.code), list([['event.code', one.code], ['event.device', one.device], ['event.radius', withUnit(one.radiusM, 0, 'm')], ['event.sign', one.sign ? t('yes') : t('no')]])];
  }
  const one = state.crossings.find(({name}) => name === crossing) ?? {};
  return [crossing, list([['crossing.waiting', one.waiting], ['crossing.requests', one.requests], ['crossing.crossing', one.crossing], ['crossing.approaching', one.approaching], ['crossing.arrival', one.arrivalDevice ? `${one.arrivalDevice} ${duration(one.arrivalMs / 1000)}` : null]])];
}
