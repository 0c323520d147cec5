// What a person can do on the road and in time. Each changes the state, or asks the server and then changes it.
import {pulsesOf, takeAlert} from './alerts.js';
import {writeAddress} from './address.js';
import {api} from './api.js';
import {Changes} from './changes.js';
import {t} from './i18n.js';
import {keyOf} from './positions.js';
import * as ask from './questions.js';

const BEFORE_MS = 10_000;
const STEP_MS = 100;
const PAGE = 100;

/** To what was chosen, as soon as it is drawn; not away from somebody who writes a note there already. */
function focusTitle() {
  const title = document.getElementById('alert-title');
  if (!title?.closest('article').contains(document.activeElement)) {
    title?.focus();
  }
}

export class Actions extends Changes {
  #second = 0;

  constructor(state, road, live) {
    super(state);
    Object.assign(this, {road, live, map: null, zone: null, onLogin: () => {}});
  }

  use(map) {
    this.map = map;
  }

  /** Shows what does not change and begins to hear; the map does not wait for the rest. */
  async start(zone, receiver) {
    const {address} = this.state;
    const places = api.places().catch((error) => error);
    try {
      this.zone = this.map.showZone(await zone, address.box);
    } finally {
      this.live.begin(receiver);
    }
    this.state.set({zoneName: this.zone.name || this.state.zoneName});
    const collection = await places;
    if (collection?.features?.length) {
      this.map.showPlaces(collection);
    }
    this.goTo(address);
    await this.moreAlerts();
  }

  /** What an address says beside language and looks, which are read when the page begins. */
  goTo({view, box, participant, device, alert, time, follow}) {
    if (view && view !== this.state.view) this.view(view);
    if (box && box.join() !== this.state.box?.join() && this.zone) this.map.showBox(box);
    const {selected} = this.state;
    if (participant && participant !== selected?.participant || device && device !== selected?.device) this.select({participant: participant ?? undefined, device: device ?? undefined});
    if (follow && (participant || device)) this.follow(true);
    if (alert && alert !== this.state.selectedAlert) this.selectAlert(alert);
    if (time && this.state.connection === 'open' && this.state.mode.mode === 'live') this.seek(Date.parse(time));
  }

  // ---- the connection

  connected() {
    if (this.#second) {
      this.#takeAlerts({limit: PAGE}).catch((error) => this.fail(error));
    }
  }

  /** The hello has come: a time in the address is gone to, and a replay that was on is gone on with. */
  greeted() {
    const {address, replayAt} = this.state;
    const time = replayAt ?? (address.time ? Date.parse(address.time) : null);
    this.state.address = {...address, time: null};
    if (time) {
      this.seek(time);
    }
    this.refresh();
  }

  lost() {
    if (this.state.mode.mode === 'replay') {
      this.state.replayAt = this.state.nowMs();
      this.state.mode = {mode: 'live', speed: 1, paused: false};
    }
  }

  everySecond() {
    this.#second++;
    if (this.state.needLogin || !this.map) {
      return;
    }
    if (this.state.connection === 'open') {
      this.refresh();
    }
    this.#address();
    this.state.changed();
  }

  /** Asks for what the view that is shown has to show, each at its own pace. */
  refresh() {
    const {view, selected} = this.state;
    const due = (seconds) => this.#second % seconds === 0;
    const asks = [];
    if (due(10) || !this.state.line) asks.push(ask.timeline(this.state));
    if (view === 'devices' && due(2)) asks.push(ask.devices(this.state));
    if (view === 'figures' && due(2)) asks.push(ask.figures(this.state));
    if (due(5)) asks.push(ask.supervision(this.state));
    if (view === 'evidence' && due(5)) asks.push(ask.evidence(this.state));
    if (selected?.participant && due(2)) asks.push(ask.participant(this.state, selected.participant));
    asks.forEach((one) => one.catch((error) => this.fail(error)));
  }

  // ---- looking

  look(box, hz) {
    this.state.box = this.map.box();
    this.live.keep({type: 'view', box, hz});
  }

  view(view) {
    this.state.set({view});
    this.#second = 0;
    this.refresh();
  }

  select(thing) {
    const key = thing?.participant === undefined ? undefined : keyOf(thing.participant);
    const moves = key !== undefined || thing?.device !== undefined;
    const selected = key === undefined ? thing : {...thing, device: thing.device ?? this.state.names.get(this.road.get(key)?.device)};
    this.state.set({selected, selectedKey: key, participantDetail: null, follow: moves && this.state.follow});
    this.live.keep({type: 'watch', participant: thing?.participant ?? null});
    if (thing?.participant) {
      ask.participant(this.state, thing.participant).catch((error) => this.fail(error));
    }
  }

  follow(follow) {
    this.state.set({follow});
    if (follow) {
      const one = this.road.get(this.state.selectedKey);
      if (one) this.map.showPlace(one.lon, one.lat, 0.8);
    }
  }

  /** Road users have other numbers in a replay than they have live: the one that is looked at is found again by its device. */
  findAgain() {
    const {selected, selectedKey} = this.state;
    const found = selected?.device === undefined || this.road.get(selectedKey) ? undefined : this.#named(selected.device.toLowerCase());
    if (found) {
      this.select({participant: String(found.key), device: selected.device});
    }
  }

  #named(wanted) {
    const index = [...this.state.names].find(([, name]) => name.toLowerCase() === wanted)?.[0];
    return [...this.road.participants.values()].find((one) => String(one.key) === wanted || (index !== undefined && one.device === index));
  }

  find(words) {
    const wanted = words.trim().toLowerCase();
    const found = this.#named(wanted);
    if (found) {
      this.view('map');
      this.select({participant: String(found.key)});
      this.map.showPlace(found.lon, found.lat);
    } else if (this.state.units.has(words.trim())) {
      const unit = this.state.units.get(words.trim());
      this.view('map');
      this.select({unit: unit.id});
      this.map.showPlace(unit.lon, unit.lat, 1);
    } else if (wanted) {
      this.toast(t('find.none', {words}), true);
    }
  }

  zoom(steps) {
    this.map?.zoomBy(steps);
  }

  showAll() {
    this.map?.showAll();
  }

  // ---- alerts

  /** Older ones than those that are shown; where none are, the last ones before the time that is shown. */
  async moreAlerts() {
    const to = this.state.mode.mode === 'replay' ? new Date(this.state.nowMs()).toISOString() : null;
    this.state.held = null;
    return this.#takeAlerts({limit: PAGE, before: this.state.alerts.at(-1)?.id, to});
  }

  async #takeAlerts(filter) {
    const {alerts} = await api.alerts(filter);
    alerts.forEach((alert) => takeAlert(this.state.alerts, alert));
    this.state.pulses = pulsesOf(this.state.alerts, this.state.pulses, performance.now());
    this.state.changed();
  }

  selectAlert(id) {
    this.state.set({selectedAlert: id, alertDetail: null, held: null});
    if (id) {
      ask.alert(this.state, id).catch((error) => this.fail(error));
      requestAnimationFrame(() => setTimeout(focusTitle, 150));
    }
  }

  showAlert(alert) {
    this.view('map');
    if (alert.lat !== undefined) this.map.showPlace(alert.lon, alert.lat);
    if (alert.subject?.participant) this.select({participant: alert.subject.participant, device: alert.subject.device});
  }

  replayAlert(alert) {
    this.showAlert(alert);
    this.seek(Date.parse(alert.raisedAt) - BEFORE_MS);
  }

  // ---- time

  goLive() {
    this.state.replayAt = null;
    this.live.send({type: 'live'});
  }

  /** To a time; before the journal begins there is none, so that its first millisecond is meant. */
  seek(ms) {
    if (!Number.isFinite(ms)) {
      return;
    }
    const first = Date.parse(this.state.journal?.from ?? '') + 1;
    const at = new Date(first > ms ? first : ms).toISOString();
    this.live.send(this.state.mode.mode === 'replay' ? {type: 'seek', to: at} : {type: 'replay', from: at, speed: 1});
  }

  play() {
    this.live.send({type: 'play'});
  }

  pause() {
    this.live.send({type: 'pause'});
  }

  step() {
    this.live.send({type: 'step', millis: STEP_MS});
  }

  speed(speed) {
    this.live.send({type: 'speed', speed});
  }

  span(span) {
    this.state.set({span});
    ask.timeline(this.state).catch((error) => this.fail(error));
  }

  modeChanged() {
    this.state.replayAt = null;
    if (!this.state.alerts.length) {
      this.moreAlerts().catch((error) => this.fail(error));
    }
    ask.timeline(this.state).catch((error) => this.fail(error));
  }

  showDevice({device, lat, lon}) {
    this.view('map');
    this.select({device});
    if (lat !== undefined) this.map.showPlace(lon, lat);
    this.findAgain();
  }

  /** Replays what a test vehicle did at a time, with the vehicle in the middle. */
  replayMoment(vehicle, {at, lat = vehicle.lat, lon = vehicle.lon}) {
    this.showDevice({device: vehicle.device, lat, lon});
    this.follow(true);
    this.seek(Date.parse(at) - BEFORE_MS);
  }

  #address() {
    const {view, selected, selectedAlert, follow, lang, theme, wall, mode} = this.state;
    const hash = writeAddress({view, box: this.state.box, participant: selected?.participant, device: selected?.device, alert: selectedAlert, follow, lang, theme, wall,
      time: mode.mode === 'replay' ? new Date(this.state.nowMs()).toISOString() : null});
    if (hash !== location.hash) {
      history.replaceState(null, '', hash);
    }
  }
}
