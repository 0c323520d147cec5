// The time at the bottom: how much was told and what was warned of, and the way back and forth through it.
import {html, nothing, svg} from 'lit-html';
import {SEVERITIES} from '../alerts.js';
import {clock, dateTime, number} from '../format.js';
import {t} from '../i18n.js';
import {icon} from './icons.js';

export const SPANS = {600: 'span.10min', 3600: 'span.1h', 21600: 'span.6h', 0: 'span.all'};
const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 100];
const WIDE = 1000;
const HIGH = 46;
const KEYS = {ArrowLeft: -1, ArrowRight: 1, PageDown: -60, PageUp: 60};

export function timeline(state, act) {
  const {line, mode} = state;
  const replay = mode.mode === 'replay';
  const atMs = state.nowMs();
  return html`<section class="timeline ${replay ? 'replay' : ''}" aria-label=${t('time.title')}>
    <div class="controls">
      <button class=${replay ? '' : 'on live'} aria-pressed=${String(!replay)} @click=${() => act.goLive()}>${t('time.live')}</button>
      <button class="round" aria-label=${t('time.back')} title=${t('time.back')} @click=${() => act.seek(atMs - 10_000)}>${icon('back')}</button>
      ${replay && !mode.paused
        ? html`<button class="round" aria-label=${t('time.pause')} title=${t('time.pause')} @click=${() => act.pause()}>${icon('pause')}</button>`
        : html`<button class="round" aria-label=${t('time.play')} title=${t('time.play')} ?disabled=${!replay} @click=${() => act.play()}>${icon('play')}</button>`}
      <button class="round" aria-label=${t('time.step')} title=${t('time.step')} ?disabled=${!replay} @click=${() => act.step()}>${icon('step')}</button>
      <label>${t('time.speed')} <select ?disabled=${!replay} @change=${(event) => act.speed(Number(event.target.value))}>
        ${SPEEDS.map((speed) => html`<option value=${String(speed)} ?selected=${speed === mode.speed}>${speed}×</option>`)}</select></label>
      <output class="at"><b>${clock(atMs)}</b> <span>${dateTime(atMs).slice(0, 10)}</span></output>
      <label>${t('time.span')} <select @change=${(event) => act.span(Number(event.target.value))}>
        ${Object.entries(SPANS).map(([seconds, name]) => html`<option value=${seconds} ?selected=${Number(seconds) === state.span}>${t(name)}</option>`)}</select></label>
      <form class="goto" @submit=${(event) => {
        event.preventDefault();
        act.seek(new Date(new FormData(event.target).get('at')).getTime());
      }}><input type="datetime-local" name="at" step="1" required aria-label=${t('time.goto')}><button>${t('time.go')}</button></form>
    </div>
    ${line ? strip(line, atMs, act) : html`<p class="empty">${t('time.empty')}</p>`}
  </section>`;
}

function strip(line, atMs, act) {
  const x = (ms) => (ms - line.fromMs) / (line.toMs - line.fromMs) * WIDE;
  const clamped = Math.min(Math.max(atMs, line.fromMs), line.toMs);
  const seekTo = (event) => {
    const box = event.currentTarget.getBoundingClientRect();
    act.seek(line.fromMs + (event.clientX - box.left) / box.width * (line.toMs - line.fromMs));
  };
  return html`<div class="strip" role="slider" tabindex="0" aria-label=${t('time.scrub')} aria-valuemin="0" aria-valuemax=${Math.round((line.toMs - line.fromMs) / 1000)}
      aria-valuenow=${Math.round((clamped - line.fromMs) / 1000)} aria-valuetext=${dateTime(clamped)}
      @pointerdown=${(event) => event.button === 0 && seekTo(event)} @keydown=${(event) => key(event, line, atMs, act)}>
    <svg viewBox="0 0 ${WIDE} ${HIGH}" preserveAspectRatio="none" aria-hidden="true">
      <path class="rate" d=${bars(line)}></path>
      ${SEVERITIES.toReversed().map((severity) => svg`<path class="tick ${severity.toLowerCase()}" d=${ticks(line, severity, x)}></path>`)}
      <path class="head" d=${`M${x(clamped)} 0V${HIGH}`}></path>
    </svg>
    <div class="labels" aria-hidden="true">${[0, 0.25, 0.5, 0.75, 1].map((part) => html`<span>${clock(line.fromMs + part * (line.toMs - line.fromMs))}</span>`)}</div>
    ${line.peak ? html`<span class="peak" aria-hidden="true">${number(line.peak)}/s</span>` : nothing}
  </div>`;
}

/** The rate as one path of bars. */
export function bars({messages}) {
  const count = messages.length || 1;
  const most = Math.max(...messages, 1);
  const wide = WIDE / count;
  return messages.map((value, i) => value ? `M${(i * wide).toFixed(1)} ${HIGH}v-${(value / most * (HIGH - 14)).toFixed(1)}h${Math.max(wide - 0.6, 0.4).toFixed(1)}V${HIGH}z` : '').join('');
}

function ticks({marks}, severity, x) {
  return marks.filter((mark) => mark.severity === severity).map(({atMs}) => `M${x(atMs).toFixed(1)} 0v11`).join('');
}

function key(event, line, atMs, act) {
  const seconds = KEYS[event.key];
  const to = seconds ? atMs + seconds * (event.shiftKey ? 10_000 : 1000) : {Home: line.fromMs, End: line.toMs}[event.key];
  if (to !== undefined) {
    event.preventDefault();
    act.seek(to);
  }
}
