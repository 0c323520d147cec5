// What is always there: the head with the views, the map, the alerts at the side, the time at the bottom.
import {html, nothing} from 'lit-html';
import {duration, number} from '../format.js';
import {LANGUAGES, language, t} from '../i18n.js';
import {alertPanel} from './alerts.js';
import {detailPanel} from './detail.js';
import {devicesView} from './devices.js';
import {evidenceView} from './evidence.js';
import {figuresView} from './figures.js';
import {icon} from './icons.js';
import {legend} from './legend.js';
import {loginView} from './login.js';
import {supervisionView} from './supervision.js';
import {timeline} from './timeline.js';

const VIEWS = {map: null, devices: devicesView, figures: figuresView, supervision: supervisionView, evidence: evidenceView};
const STALE_MS = 2500;

export function shell(state, act) {
  if (state.needLogin) {
    return loginView(state, act);
  }
  const view = VIEWS[state.view];
  return html`<a class="skip" href="#main" @click=${(event) => {
    event.preventDefault();
    document.getElementById('main').focus();
  }}>${t('skip')}</a>
    ${head(state, act)}
    ${notice(state)}
    <main id="main" tabindex="-1" class=${view ? 'other' : 'road'}>
      ${mapArea(state, act, view !== null)}
      ${view ? view(state, act) : nothing}
    </main>
    ${alertPanel(state, act)}
    ${timeline(state, act)}
    <p class="unseen" role="log" aria-live="assertive" aria-atomic="true">${state.announced}</p>
    <p class="unseen" role="status" aria-live="polite">${state.connection === 'open' ? '' : t('connection.lost')}</p>
    ${state.toast ? html`<p class="toast ${state.toast.bad ? 'bad' : ''}" role="status">${state.toast.words}</p>` : nothing}`;
}

function head(state, act) {
  return html`<header class="head" role="banner">
    <p class="brand"><b>路云</b> Luyun<span>${state.zoneName}</span></p>
    <nav aria-label=${t('views')}>${Object.keys(VIEWS).map((name) => html`<a href=${`#view=${name}`} aria-current=${state.view === name ? 'page' : 'false'} @click=${(event) => {
      event.preventDefault();
      act.view(name);
    }}>${t(`view.${name}`)}</a>`)}</nav>
    <form class="find" role="search" @submit=${(event) => {
      event.preventDefault();
      act.find(new FormData(event.target).get('words'));
    }}><input type="search" name="words" list="known" placeholder=${t('find')} aria-label=${t('find')}></form>
    ${connection(state)}
    <div class="tools">
      <button class="plain" aria-pressed=${String(state.wall)} title=${t('wall')} @click=${() => act.wall(!state.wall)}>${t('wall.short')}</button>
      <button class="plain" title=${t('theme')} aria-label=${t('theme')} @click=${() => act.theme(state.theme === 'dark' ? 'light' : 'dark')}>${state.theme === 'dark' ? '☾' : '☀'}</button>
      <button class="plain" lang=${language() === 'en' ? 'zh-CN' : 'en'} @click=${() => act.language(language() === 'en' ? 'zh-CN' : 'en')}>${LANGUAGES[language() === 'en' ? 'zh-CN' : 'en']}</button>
      ${state.session ? html`<span class="who">${state.session.name}</span>${state.session.name === 'local' ? nothing : html`<button class="plain" @click=${() => act.logout()}>${t('logout')}</button>`}` : nothing}
    </div></header>`;
}

function connection(state) {
  const open = state.connection === 'open';
  const words = open ? state.mode.mode === 'live' ? t('connection.live') : t('connection.replay', {speed: state.mode.speed}) : t('connection.lost');
  return html`<p class="connection ${open ? state.mode.mode : 'lost'}"><span class="dot" aria-hidden="true"></span>${words}</p>`;
}

/** When the connection is lost, what is shown is old, and how old must be seen from across the room. */
function notice(state) {
  const ageMs = performance.now() - state.heardAt;
  if (state.connection === 'open' || ageMs < STALE_MS && state.connection !== 'lost') {
    return nothing;
  }
  return html`<p class="lost-bar">${t('connection.stale', {age: duration(ageMs / 1000)})} ${t('connection.retry', {seconds: number(Math.max(0, (state.retryAt - performance.now()) / 1000), 0)})}</p>`;
}

function mapArea(state, act, hidden) {
  return html`<section class="map-area ${state.connection === 'open' ? '' : 'stale'}" aria-label=${t('map.title')} ?hidden=${hidden}>
    <div id="map" tabindex="0" role="application" aria-label=${t('map.help')} aria-roledescription=${t('map.title')}></div>
    <div class="map-tools" role="toolbar" aria-label=${t('map.tools')}>
      <button aria-label=${t('map.in')} title=${t('map.in')} @click=${() => act.zoom(1)}>${icon('plus')}</button>
      <button aria-label=${t('map.out')} title=${t('map.out')} @click=${() => act.zoom(-1)}>${icon('minus')}</button>
      <button aria-label=${t('map.all')} title=${t('map.all')} @click=${() => act.showAll()}>${icon('all')}</button>
      <button aria-label=${t('map.layers')} title=${t('map.layers')} aria-expanded=${String(state.legend)} @click=${() => act.legend(!state.legend)}>${icon('layers')}</button>
    </div>
    ${state.legend ? legend(state, act) : nothing}
    ${detailPanel(state, act)}
    <p class="map-foot"><span>${t('map.shown', {count: number(state.count)})}</span> · <span>${t('map.open', {count: number(state.pulses.size)})}</span> · <span>${t('map.rate', {count: state.framesPerSecond})}</span></p>
    <datalist id="known">${state.view === 'map' ? [...state.names.values()].slice(0, 300).map((name) => html`<option value=${name}></option>`) : nothing}</datalist>
  </section>`;
}
