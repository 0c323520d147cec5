// Everything that may connect: whether it is there, what it sends, what was wrong; and the way to ask a roadside unit.
import {html, nothing} from 'lit-html';
import {ago, number, withUnit} from '../format.js';
import {t, tOr} from '../i18n.js';
import {icon} from './icons.js';
import {table} from './table.js';

const SOON_DAYS = 30;
const sum = (counts) => typeof counts === 'number' ? counts : Object.values(counts ?? {}).reduce((total, value) => total + value, 0);
const pairs = (counts, digits) => typeof counts === 'number' ? number(counts, digits) : Object.entries(counts ?? {}).filter(([, value]) => value).map(([name, value]) => `${name} ${number(value, digits)}`).join(', ') || '–';

const COLUMNS = (state) => [
  {name: 'device.id', of: (one) => one.id, show: (one) => one.id},
  {name: 'device.role', of: (one) => one.role, show: (one) => tOr(`role.${one.role}`, one.role)},
  {name: 'device.online', of: (one) => one.online ? 0 : 1, show: (one) => html`<span class="lamp ${one.online ? 'ok' : 'off'}">${one.online ? t('device.on') : t('device.off')}</span>`},
  {name: 'device.since', of: (one) => one.since, show: (one) => one.since ? ago(one.since, state.wallMs()) : '–'},
  {name: 'device.protocol', of: (one) => one.protocol, show: (one) => one.protocol ?? '–'},
  {name: 'device.address', of: (one) => one.remote, show: (one) => one.remote ?? '–'},
  {name: 'device.rates', numeric: true, of: (one) => sum(one.messagesPerSecond), show: (one) => html`<span title=${pairs(one.messagesPerSecond, 1)}>${number(sum(one.messagesPerSecond), 1)}</span>`},
  {name: 'device.gaps', numeric: true, of: (one) => sum(one.gaps), show: (one) => number(sum(one.gaps))},
  {name: 'device.errors', numeric: true, of: (one) => sum(one.refused), show: (one) => html`<span class=${sum(one.refused) ? 'bad' : ''} title=${pairs(one.refused)}>${number(sum(one.refused))}</span>`},
  {name: 'device.clock', numeric: true, of: (one) => one.clockOffsetMs ?? -Infinity, show: (one) => withUnit(one.clockOffsetMs, 1, 'ms')},
  {name: 'device.certificate', numeric: true, of: (one) => one.certificateDaysLeft ?? Infinity, show: (one) => html`<span class=${(one.certificateDaysLeft ?? Infinity) < SOON_DAYS ? 'bad' : ''}>${number(one.certificateDaysLeft)}</span>`},
];

export function devicesView(state, act) {
  const words = state.deviceWords.toLowerCase();
  const rows = state.devices.filter((one) => !words || [one.id, one.role, one.protocol, one.remote].some((word) => word?.toLowerCase().includes(words)));
  const chosen = state.devices.find((one) => one.id === state.deviceId);
  return html`<div class="view"><header><h1>${t('view.devices')}</h1>
      <p>${t('device.count', {online: number(state.devices.filter((one) => one.online).length), all: number(state.devices.length)})}</p>
      <input type="search" aria-label=${t('device.search')} placeholder=${t('device.search')} .value=${state.deviceWords} @input=${(event) => act.deviceWords(event.target.value)}></header>
    <div class="split ${chosen ? 'two' : ''}"><div class="scroll" tabindex="0" role="region" aria-label=${t('view.devices')}>${table({caption: t('view.devices'), columns: COLUMNS(state), rows, sort: state.deviceSort, onSort: (sort) => act.sortDevices(sort), onRow: (one) => act.chooseDevice(one.id), chosen: (one) => one === chosen})}
      ${rows.length ? nothing : html`<p class="empty">${t('nothing')}</p>`}</div>
      ${chosen ? device(chosen, state, act) : nothing}</div></div>`;
}

function device(one, state, act) {
  return html`<aside class="side" aria-labelledby="device-title"><header><h2 id="device-title">${one.id}</h2><button class="plain" aria-label=${t('close')} @click=${() => act.chooseDevice(null)}>${icon('close')}</button></header>
    <dl>${[['device.role', tOr(`role.${one.role}`, one.role)], ['device.rates', pairs(one.messagesPerSecond, 1)], ['device.gaps', pairs(one.gaps)], ['device.errors', pairs(one.refused)], ['device.address', one.remote ?? '–'],
      ['device.certificate', one.certificateDaysLeft === null || one.certificateDaysLeft === undefined ? '–' : `${number(one.certificateDaysLeft)} ${t('unit.days')}`]].map(([name, value]) => html`<dt>${t(name)}</dt><dd>${value}</dd>`)}</dl>
    ${one.role === 'RSU' && state.may('operate') ? request(one, state, act) : nothing}</aside>`;
}

/** What is sent to a unit is JSON, as its own manual has it; the unit's answer is shown as it is. */
function request(one, state, act) {
  return html`<form class="request" @submit=${(event) => {
    event.preventDefault();
    act.askDevice(one.id, event.submitter.value, new FormData(event.target).get('body'));
  }}><label>${t('device.request')}<textarea name="body" rows="7" spellcheck="false" .value=${'{}'}></textarea></label>
    <div class="actions"><button value="query">${t('device.query')}</button><button value="configuration" class="primary">${t('device.configure')}</button></div>
    <output role="status"><pre>${state.deviceAnswer ?? ''}</pre></output></form>`;
}
