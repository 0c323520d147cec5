// The alert feed at the side, and one alert looked at closely.
import {html, nothing} from 'lit-html';
import {repeat} from 'lit-html/directives/repeat.js';
import {filterAlerts, nameOf, SEVERITIES} from '../alerts.js';
import {clock, dateTime, number, speed, withUnit} from '../format.js';
import {t, tOr} from '../i18n.js';
import {icon, severityIcon} from './icons.js';
import {stateIn} from '../scene.js';
import {situation} from './situation.js';

const SHOWN = 120;
export const kindName = (kind) => tOr(`kind.${kind}`, kind);
const severityName = (severity) => tOr(`severity.${severity}`, severity);

export function alertPanel(state, act) {
  return html`<section class="alerts" aria-labelledby="alerts-title">
    <header><h2 id="alerts-title">${t('alerts.title')}</h2>${counts(state.alerts)}</header>
    ${state.selectedAlert ? alertDetail(state, act) : feed(state, act)}
  </section>`;
}

const counts = (alerts) => html`<ul class="counts" aria-label=${t('alerts.open')}>${SEVERITIES.map((severity) => {
  const open = alerts.filter((alert) => alert.severity === severity && alert.state !== 'CLEARED' && !alert.acknowledgement).length;
  return html`<li class=${open ? '' : 'none'}>${severityIcon(severity, severityName(severity))}<b>${open}</b></li>`;
})}</ul>`;

function feed(state, act) {
  const {filter} = state;
  const all = filterAlerts(state.alerts, filter);
  // Nothing moves below a hand that is about to choose: what is new waits until it has left the list.
  const shown = state.held ? all.filter(({id}) => state.held.has(id)) : all;
  const waiting = all.length - shown.length;
  const change = (name, value) => act.filterAlerts({[name]: value});
  return html`<form class="filter" role="search" aria-label=${t('alerts.filter')} @submit=${(event) => event.preventDefault()}>
      <select aria-label=${t('alerts.least')} @change=${(event) => change('least', event.target.value)}>
        ${SEVERITIES.toReversed().map((severity) => html`<option value=${severity} ?selected=${severity === filter.least}>≥ ${severityName(severity)}</option>`)}</select>
      <select aria-label=${t('alerts.kind')} @change=${(event) => change('kind', event.target.value)}>
        <option value="">${t('alerts.allKinds')}</option>
        ${[...new Set(state.alerts.map((alert) => alert.kind))].sort().map((kind) => html`<option value=${kind} ?selected=${kind === filter.kind}>${kindName(kind)}</option>`)}</select>
      <input type="search" placeholder=${t('alerts.words')} aria-label=${t('alerts.words')} .value=${filter.words} @input=${(event) => change('words', event.target.value)}>
      <label><input type="checkbox" .checked=${filter.open} @change=${(event) => change('open', event.target.checked)}>${t('alerts.openOnly')}</label>
    </form>
    ${waiting ? html`<button class="waiting" @click=${() => act.holdAlerts(false)}>${t('alerts.waiting', {count: waiting})}</button>` : nothing}
    <ol class="feed" tabindex="0" aria-label=${t('alerts.list')} @pointerenter=${() => act.holdAlerts(true)} @pointerleave=${() => act.holdAlerts(false)}
      @focusin=${() => act.holdAlerts(true)} @focusout=${() => act.holdAlerts(false)}>${repeat(shown.slice(0, SHOWN), (alert) => alert.id, (alert) => item(alert, act))}</ol>
    ${shown.length ? nothing : html`<p class="empty">${t('alerts.none')}</p>`}
    <footer><button class="plain" @click=${() => act.moreAlerts()}>${t('alerts.older')}</button></footer>`;
}

const item = (alert, act) => html`<li><button class="alert ${alert.severity.toLowerCase()} ${alert.state === 'CLEARED' ? 'cleared' : ''}" data-alert=${alert.id} @click=${() => act.selectAlert(alert.id)}>
    ${severityIcon(alert.severity, severityName(alert.severity))}
    <span class="what"><b>${kindName(alert.kind)}</b><span class="who">${who(alert)}</span></span>
    <span class="when"><time datetime=${alert.raisedAt}>${clock(alert.raisedAt)}</time>
      <span class="mark">${alert.acknowledgement ? html`${icon('check')}${alert.acknowledgement.by}` : alert.state === 'CLEARED' ? t('alerts.over') : urgency(alert)}</span></span>
  </button></li>`;

const who = (alert) => [nameOf(alert.subject), nameOf(alert.target) ?? alert.event?.description ?? alert.node].filter(Boolean).join(' → ');

const urgency = (alert) => alert.timeToCollisionSeconds === undefined ? withUnit(alert.distanceMetres, 0, 'm').replace('–', '') : `${number(alert.timeToCollisionSeconds, 1)} s`;

function alertDetail(state, act) {
  const alert = state.alerts.find((one) => one.id === state.selectedAlert) ?? state.alertDetail;
  if (!alert) {
    return html`<p class="empty">${t('loading')}</p>`;
  }
  const detail = state.alertDetail?.id === alert.id ? state.alertDetail : null;
  return html`<article class="detail" aria-labelledby="alert-title">
    <header class=${alert.severity.toLowerCase()}>
      ${severityIcon(alert.severity, severityName(alert.severity))}
      <h3 id="alert-title" tabindex="-1">${kindName(alert.kind)} <small>${alert.kind}</small></h3>
      <button class="plain" aria-label=${t('close')} @click=${() => act.selectAlert(null)}>${icon('close')}</button>
    </header>
    ${situation(partiesOf(alert, detail, state), alert.timeToCollisionSeconds ?? null)}
    <dl>${facts(alert).map(([name, value]) => html`<dt>${t(name)}</dt><dd>${value}</dd>`)}</dl>
    <div class="actions">
      <button @click=${() => act.showAlert(alert)}>${t('alert.map')}</button>
      <button @click=${() => act.replayAlert(alert)}>${t('alert.replay')}</button>
      ${state.may('operate') ? html`<button @click=${() => act.freezeAlert(alert)}>${t('alert.freeze')}</button>` : nothing}
    </div>
    ${acknowledgement(alert, state, act)}
    ${detail?.steps?.length ? html`<h4>${t('alert.steps')}</h4><ol class="steps">${detail.steps.map((step) => html`<li><time>${clock(step.at)}</time> ${tOr(`state.${step.state}`, step.state)} · ${severityName(step.severity)}${step.timeToCollisionSeconds === undefined ? '' : ` · ${number(step.timeToCollisionSeconds, 1)} s`}${step.clearReason ? ` · ${tOr(`clear.${step.clearReason}`, step.clearReason)}` : ''}</li>`)}</ol>` : nothing}
    ${detail?.causingMessages.length ? html`<h4>${t('alert.causes')}</h4>${detail.causingMessages.map((message) => html`<details><summary>${message.kind} · ${message.device} · ${t('sequence')} ${message.sequence}</summary><pre tabindex="0">${JSON.stringify(message.fields, null, 1)}</pre></details>`)}` : nothing}
  </article>`;
}

/** The two of an alert with what their causing messages tell, or else what the road shows of them now. */
function partiesOf(alert, detail, state) {
  return ['subject', 'target'].filter((role) => alert[role]).map((role) => {
    const party = alert[role];
    const told = detail?.causingMessages.map((message) => stateIn(message, party)).find((state) => state !== null);
    const live = party.participant === undefined ? null : state.participant(party.participant);
    const place = role === 'subject' ? alert : party;
    return {role, name: nameOf(party) ?? t(`alert.${role}`),
      lat: told?.lat ?? place.lat ?? live?.lat, lon: told?.lon ?? place.lon ?? live?.lon,
      headingDeg: told?.headingDeg ?? live?.headingDeg, speedMps: told?.speedMps ?? (role === 'subject' ? alert.speedMps : undefined) ?? live?.speedMps};
  }).concat(alert.event?.lat === undefined ? [] : [{role: 'target', name: alert.event.description ?? String(alert.event.code ?? ''), lat: alert.event.lat, lon: alert.event.lon}]);
}

function facts(alert) {
  return [
    ['alert.subject', nameOf(alert.subject)], ['alert.target', nameOf(alert.target) ?? alert.event?.description], ['alert.node', alert.node],
    ['alert.state', tOr(`state.${alert.state}`, alert.state)], ['alert.raised', dateTime(alert.raisedAt)],
    ['alert.ttc', alert.timeToCollisionSeconds === undefined ? null : `${number(alert.timeToCollisionSeconds, 1)} s`],
    ['alert.distance', alert.distanceMetres === undefined ? null : withUnit(alert.distanceMetres, 1, 'm')],
    ['alert.speed', alert.speedMps === undefined ? null : speed(alert.speedMps)],
    ['alert.limit', alert.speedLimitMps === undefined ? null : speed(alert.speedLimitMps)],
    ['alert.measured', alert.measured === undefined ? null : `${number(alert.measured, 2)} / ${number(alert.threshold, 2)}`],
  ].filter(([, value]) => value);
}

function acknowledgement(alert, state, act) {
  if (alert.acknowledgement) {
    const {by, note, at} = alert.acknowledgement;
    return html`<p class="acknowledged">${icon('check')} ${t('alert.acknowledgedBy', {by, at: clock(at)})}${note ? html`<q>${note}</q>` : nothing}</p>`;
  }
  if (!state.may('operate')) {
    return nothing;
  }
  return html`<form class="acknowledge" @submit=${(event) => {
    event.preventDefault();
    act.acknowledge(alert.id, new FormData(event.target).get('note'));
  }}><label>${t('alert.note')}<textarea name="note" rows="2" maxlength="500"></textarea></label>
    <button class="primary">${t('alert.acknowledge')}</button></form>`;
}
