// Takes what the live connection brings into the state.
import {nameOf, pulsesOf, takeAcknowledgement, takeAlert} from './alerts.js';
import {placeOf} from './map/sites.js';
import {mercator} from './road.js';
import {t} from './i18n.js';
import {kindName} from './views/alerts.js';

const NEAR = 40;
const LOUD = ['CRITICAL', 'WARNING'];

export class Receiver {
  constructor(state, road, actions) {
    Object.assign(this, {state, road, actions});
    // What the server knows of test vehicles is of now: it tells nothing of a time of the past.
    road.modeOf = (device) => state.modes.size && state.mode.mode === 'live' ? state.modes.get(state.names.get(device)) ?? 0 : 0;
  }

  onOpen() {
    this.#heard();
    this.state.set({connection: 'open'});
    this.actions.connected();
  }

  onLost(retryInMs) {
    this.state.set({connection: 'lost', retryAt: performance.now() + retryInMs});
    this.actions.lost();
  }

  onPositions(buffer) {
    const now = performance.now();
    this.road.apply(buffer, now);
    this.#heard();
    this.#time(this.road.atMs);
    this.actions.findAgain();
  }

  onJson(message) {
    this.#heard();
    this[`on_${message.type}`]?.(message);
    this.state.changed();
  }

  #heard() {
    this.state.heardAt = performance.now();
  }

  #time(atMs) {
    this.state.timeAt = atMs;
    this.state.timeHeardAt = performance.now();
  }

  on_hello({version, zone, at, mode, journal, scopes}) {
    Object.assign(this.state, {version, zoneName: zone || this.state.zoneName, journal, mode: {...this.state.mode, mode: mode ?? 'live'}});
    if (this.state.session && scopes) {
      this.state.session.scopes = scopes;
    }
    this.#time(Date.parse(at));
    this.actions.greeted();
  }

  on_mode({mode, at, speed, paused}) {
    this.state.mode = {mode, speed: speed ?? 1, paused: paused ?? false};
    this.#time(Date.parse(at));
    this.actions.modeChanged();
  }

  on_clear() {
    this.road.clear();
    for (const shown of ['signals', 'events', 'stops', 'pulses', 'traffic']) {
      this.state[shown].clear();
    }
    this.state.crossings = [];
    this.state.alerts = [];
  }

  on_names({devices}) {
    Object.entries(devices).forEach(([index, name]) => this.state.names.set(Number(index), name));
  }

  on_signals({signals}) {
    const atMs = this.state.nowMs();
    signals.forEach((signal) => this.state.signals.set(signal.node, {...signal, atMs}));
  }

  on_crossings({crossings}) {
    this.state.crossings = crossings.map((crossing) => {
      const [x, y] = placeOf(crossing);
      return {...crossing, x, y};
    });
  }

  on_stops({stops}) {
    this.state.stopsAtMs = this.state.nowMs();
    this.state.stops = new Map(stops.map((stop) => [stop.name, stop]));
  }

  on_traffic({links}) {
    this.state.traffic = new Map(links.map((one) => [one.link, one]));
  }

  on_events({events, gone = []}) {
    for (const event of events) {
      if (event.lat !== undefined) {
        const [x, y] = mercator(event.lon, event.lat);
        this.state.events.set(event.id, {...event, x, y});
      }
    }
    gone.forEach((id) => this.state.events.delete(id));
  }

  on_units({units}) {
    for (const unit of units) {
      if (unit.lat !== undefined) {
        const [x, y] = mercator(unit.lon, unit.lat);
        this.state.units.set(unit.id, {...unit, x, y, rangeM: unit.rangeM ?? this.#rangeAt(x, y)});
      }
    }
  }

  /** The range that the zone file has for the unit at this place. */
  #rangeAt(x, y) {
    return this.actions.zone?.units.find(({coordinates}) => Math.hypot(coordinates[0] - x, coordinates[1] - y) < NEAR)?.rangeM;
  }

  on_alert({alert}) {
    const {state} = this;
    if (takeAlert(state.alerts, alert) && LOUD.includes(alert.severity) && alert.state !== 'CLEARED') {
      state.announced = `${t(`severity.${alert.severity}`)}: ${kindName(alert.kind)} ${nameOf(alert.subject) ?? ''}`;
    }
    state.line?.marks.push({atMs: Date.parse(alert.raisedAt), severity: alert.severity});
    this.#pulses();
  }

  on_acknowledged(acknowledgement) {
    takeAcknowledgement(this.state.alerts, acknowledgement);
    this.#pulses();
  }

  on_notice({code, text}) {
    this.actions.toast(`${t(`notice.${code}`) === `notice.${code}` ? '' : `${t(`notice.${code}`)} `}${text ?? ''}`, code === 'bad-request');
  }

  #pulses() {
    this.state.pulses = pulsesOf(this.state.alerts, this.state.pulses, performance.now());
  }
}
