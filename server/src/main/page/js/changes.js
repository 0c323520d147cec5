// What a person changes on the server: acknowledgements, requests to units, evidence, the own session.
import {api} from './api.js';
import {Choices} from './choices.js';
import {t} from './i18n.js';
import * as ask from './questions.js';

export class Changes extends Choices {
  async acknowledge(id, note) {
    await this.tell(() => api.acknowledge(id, note), t('alert.sent'));
  }

  async askDevice(id, what, text) {
    let body;
    try {
      body = JSON.parse(text);
    } catch (error) {
      this.state.set({deviceAnswer: `${t('device.noJson')} ${error.message}`});
      return;
    }
    this.state.set({deviceAnswer: t('device.waiting')});
    try {
      const answer = await (what === 'query' ? api.askDevice(id, body) : api.configure(id, body));
      this.state.set({deviceAnswer: JSON.stringify(answer, null, 1)});
    } catch (error) {
      this.state.set({deviceAnswer: error.status === 504 ? t('device.noAnswer') : error.message});
    }
  }

  freezeHere(note) {
    const [west, south, east, north] = this.map.box();
    return this.#freeze({lat: (south + north) / 2, lon: (west + east) / 2, reason: note});
  }

  freezeAlert(alert) {
    return this.#freeze({lat: alert.lat, lon: alert.lon, at: alert.raisedAt, alertId: alert.id, device: alert.subject?.device, reason: `${alert.kind} ${alert.id}`});
  }

  freezeAt(one) {
    const device = this.state.names.get(one.device);
    return this.#freeze({lat: one.lat, lon: one.lon, device, reason: device ?? String(one.key)});
  }

  /** Live, the server's own now is meant. */
  async #freeze(incident) {
    const at = this.state.mode.mode === 'live' ? undefined : new Date(this.state.nowMs()).toISOString();
    await this.tell(() => api.freeze({at, ...incident}), t('evidence.frozen'));
    await ask.evidence(this.state).catch((error) => this.fail(error));
  }

  async verify(id) {
    try {
      const {holds, findings} = await api.verify(id);
      this.state.verified.set(id, {good: holds, words: findings.map(({file, rule, detail}) => `${file} ${rule}: ${detail}`).join('; ')});
    } catch (error) {
      this.state.verified.set(id, {good: false, words: error.message});
    }
    this.state.changed();
  }

  async login(token) {
    try {
      await api.login(token);
    } catch (error) {
      this.state.set({loginError: {401: t('login.wrong'), 429: t('login.often')}[error.status] ?? error.message});
      return;
    }
    this.state.set({loginError: ''});
    await this.onLogin();
  }

  async logout() {
    await api.logout();
    location.reload();
  }
}
