// How a person wants to see things, and what the page says to them. Changes the state alone.
import {ApiError} from './api.js';
import {useLanguage} from './i18n.js';
import {remember} from './model.js';

const TOAST_MS = 6000;

export class Choices {
  #toasts = 0;

  constructor(state) {
    this.state = state;
  }

  layer(name, on) {
    this.state.layers = {...this.state.layers, [name]: on};
    remember({layers: this.state.layers});
    this.state.changed();
  }

  legend(legend) {
    this.state.set({legend});
  }

  theme(theme) {
    remember({theme});
    document.documentElement.dataset.theme = theme;
    this.state.set({theme, figuresDrawn: null});
    this.map?.repaint();
  }

  wall(wall) {
    remember({wall});
    this.state.set({wall});
  }

  async language(lang) {
    remember({lang});
    await useLanguage(lang);
    this.state.set({lang});
  }

  filterAlerts(values) {
    this.state.set({filter: {...this.state.filter, ...values}});
    remember({filter: {...this.state.filter, words: ''}});
  }

  /** Keeps the list as it is while somebody chooses from it. */
  holdAlerts(hold) {
    this.state.set({held: hold ? this.state.held ?? new Set(this.state.alerts.map(({id}) => id)) : null});
  }

  deviceWords(deviceWords) {
    this.state.set({deviceWords});
  }

  sortDevices(deviceSort) {
    this.state.set({deviceSort});
  }

  sortVehicles(vehicleSort) {
    this.state.set({vehicleSort});
  }

  chooseVehicle(vehicleId) {
    this.state.set({vehicleId});
  }

  sortEvidence(evidenceSort) {
    this.state.set({evidenceSort});
  }

  chooseDevice(deviceId) {
    this.state.set({deviceId, deviceAnswer: ''});
  }

  period(period) {
    this.state.set({period});
  }

  toast(words, bad = false) {
    const number = ++this.#toasts;
    this.state.set({toast: {words, bad}});
    setTimeout(() => number === this.#toasts && this.state.set({toast: null}), TOAST_MS);
  }

  /** Shows why something was not to be had; a session that has ended asks for the token again. */
  fail(error) {
    if (error instanceof ApiError && error.status === 401) {
      location.reload();
    } else if (this.state.connection === 'open' && !(error instanceof ApiError && error.status === 404)) {
      this.toast(error.message, true);
    }
  }

  /** Asks for a change and says how it went. */
  async tell(question, words) {
    try {
      await question();
      this.toast(words);
    } catch (error) {
      this.toast(error.message, true);
    }
  }
}
