// Sealed packages of incidents: what there is, whether it is whole, and freezing by hand.
import {html, nothing} from 'lit-html';
import {bytes, dateTime, number} from '../format.js';
import {t, tOr} from '../i18n.js';
import {table} from './table.js';

const COLUMNS = (state, act) => [
  {name: 'evidence.at', of: (one) => one.at, show: (one) => dateTime(one.at)},
  {name: 'evidence.trigger', of: (one) => one.trigger, show: (one) => tOr(`trigger.${one.trigger}`, one.trigger ?? '–')},
  {name: 'evidence.why', of: (one) => one.why, show: (one) => one.why},
  {name: 'evidence.state', of: (one) => one.state, show: (one) => html`<span class="lamp ${one.state === 'broken' ? 'off' : 'ok'}">${t(`sealed.${one.state}`)}</span>`},
  {name: 'evidence.radius', numeric: true, of: (one) => one.radiusMetres, show: (one) => one.radiusMetres ? `${number(one.radiusMetres)} m` : '–'},
  {name: 'evidence.records', numeric: true, of: (one) => one.records ?? 0, show: (one) => number(one.records)},
  {name: 'evidence.bytes', numeric: true, of: (one) => one.bytes ?? 0, show: (one) => bytes(one.bytes)},
  {name: 'evidence.verify', of: (one) => String(state.verified.get(one.id)?.good), show: (one) => one.state === 'pending' || !state.may('operate') ? '–' : verification(one, state, act)},
  {name: 'evidence.id', of: (one) => one.id, show: (one) => one.state === 'pending' ? one.id : html`<a href=${`/api/v1/evidence/${encodeURIComponent(one.id)}/file/manifest.json`} download=${`${one.id}.json`}>${one.id}</a>`},
];

function verification(one, state, act) {
  const told = state.verified.get(one.id);
  return html`<button @click=${() => act.verify(one.id)}>${t('evidence.verifyNow')}</button> ${told ? html`<span role="status" class="lamp ${told.good ? 'ok' : 'off'}">${told.good ? t('evidence.whole') : told.words || t('evidence.broken')}</span>` : nothing}`;
}

export function evidenceView(state, act) {
  return html`<div class="view"><header><h1>${t('view.evidence')}</h1><p>${t('evidence.count', {count: number(state.evidence.length)})}</p>
      ${state.may('operate') ? freeze(act) : nothing}</header>
    <div class="scroll" tabindex="0" role="region" aria-label=${t('view.evidence')}>${table({caption: t('view.evidence'), columns: COLUMNS(state, act), rows: state.evidence, sort: state.evidenceSort, onSort: (sort) => act.sortEvidence(sort), onRow: (one) => act.seek(Date.parse(one.at) - 10_000)})}
    ${state.evidence.length ? nothing : html`<p class="empty">${t('nothing')}</p>`}</div></div>`;
}

/** By hand: what is in the middle of the map, at the time that is shown. */
function freeze(act) {
  return html`<form class="freeze" @submit=${(event) => {
    event.preventDefault();
    act.freezeHere(new FormData(event.target).get('note'));
    event.target.reset();
  }}><input name="note" required maxlength="300" aria-label=${t('evidence.note')} placeholder=${t('evidence.note')}><button class="primary">${t('evidence.freeze')}</button></form>`;
}
