// What the page knows at first, and what can be asked of it.
import {keyOf} from './positions.js';

const MEMORY = 'luyun';

/** What this browser has chosen before; an address that says otherwise wins. */
export function remembered() {
  try {
    return JSON.parse(localStorage.getItem(MEMORY)) ?? {};
  } catch {
    // Written by something else, or storage is switched off: the page begins as it does for a new visitor.
    return {};
  }
}

export function remember(values) {
  try {
    localStorage.setItem(MEMORY, JSON.stringify({...remembered(), ...values}));
  } catch {
    // Storage is switched off: choices hold until the page is closed.
  }
}

const browserLanguage = () => navigator.language.startsWith('zh') ? 'zh-CN' : navigator.language.startsWith('en') ? 'en' : 'zh-CN';

/** Language, theme and size of type: what the address says, else what this browser has chosen before. */
export function looksOf(address, before = remembered()) {
  return {lang: address.lang ?? before.lang ?? browserLanguage(), theme: address.theme ?? before.theme ?? 'dark', wall: address.wall ?? before.wall ?? false};
}

export function newState(road, address) {
  const before = remembered();
  return {
    address, view: address.view ?? 'map', ...looksOf(address, before), session: null, needLogin: false, loginError: '', version: '', zoneName: '',
    connection: 'connecting', heardAt: performance.now(), retryAt: 0, framesPerSecond: 0, count: 0,
    mode: {mode: 'live', speed: 1, paused: false}, timeAt: Date.now(), timeHeardAt: performance.now(), journal: null,
    names: new Map(), units: new Map(), signals: new Map(), events: new Map(), stops: new Map(), stopsAtMs: 0, crossings: [], traffic: new Map(),
    layers: {traffic: true, seen: true, signals: true, sites: true, units: true, events: true, ...before.layers}, legend: false,
    alerts: [], held: null, pulses: new Map(), selectedAlert: null, alertDetail: null, filter: {least: 'CAUTION', kind: '', open: false, words: '', ...before.filter},
    selected: null, selectedKey: undefined, participantDetail: null, follow: false, announced: '', toast: null,
    line: null, span: 600, devices: [], deviceWords: '', deviceSort: null, deviceId: null, deviceAnswer: '', figures: [],
    vehicles: [], modes: new Map(), period: 'today', vehicleSort: null, vehicleId: null, evidence: [], evidenceSort: {column: 'evidence.at', down: true}, verified: new Map(),
    may(scope) {
      return this.session?.scopes?.includes(scope) ?? false;
    },
    participant: (id) => road.get(keyOf(id)),
    /** The time on the road that is shown, in ms since 1970. */
    nowMs() {
      const goes = this.mode.mode === 'live' ? 1 : this.mode.paused ? 0 : this.mode.speed;
      return this.timeAt + Math.min(performance.now() - this.timeHeardAt, 2000) * goes;
    },
    sinceMs(atMs) {
      return Math.max(0, this.nowMs() - atMs);
    },
    wallMs: () => Date.now(),
  };
}
