// Starts the page: words, session, map, and the one live connection; then everything is state that is drawn when it changes.
import {render} from 'lit-html';
import {Actions} from './actions.js';
import {readAddress} from './address.js';
import {api, ApiError} from './api.js';
import * as early from './early.js';
import {Receiver} from './receiver.js';
import {Road} from './road.js';
import {State} from './state.js';
import {newState} from './model.js';
import {plotFigures} from './views/figures.js';
import {paintLegend} from './views/legend.js';
import {shell} from './views/shell.js';

const SECOND = 1000;

const road = new Road();
const state = new State(newState(road, readAddress(location.hash)));
const actions = new Actions(state, road, early.live);
const app = document.getElementById('app');
// The shell is laid out while the map's library is still being read: that script stands behind this one and is run before this event.
const libraries = new Promise((done) => addEventListener('DOMContentLoaded', done, {once: true}));

function draw() {
  render(shell(state, actions), app);
  document.documentElement.dataset.theme = state.theme;
  document.documentElement.dataset.wall = String(state.wall);
  if (state.legend) {
    paintLegend();
  }
  if (state.view === 'figures' && state.figuresDrawn !== state.figures) {
    state.figuresDrawn = state.figures;
    plotFigures(state).catch((error) => actions.fail(error));
  }
}

/** Who may look: else the login is shown, and this is called again after it. */
async function begin(session, zone) {
  try {
    state.set({session: await session, needLogin: false});
  } catch (error) {
    if (error instanceof ApiError && (error.status === 401 || error.status === 403)) {
      state.set({needLogin: true});
      return;
    }
    // A server that is not there yet is the live connection's affair: it says so and comes back.
    state.set({needLogin: false});
  }
  draw();
  await libraries;
  const {RoadMap} = await import('./map/map.js');
  const map = new RoadMap(document.getElementById('map'), state, road, {
    onBox: (box, hz) => actions.look(box, hz),
    onSelect: (thing) => actions.select(thing),
    onUnfollow: () => actions.follow(false),
    onRate: (framesPerSecond) => state.set({framesPerSecond, count: road.size}),
  });
  actions.use(map);
  actions.start(zone, new Receiver(state, road, actions)).catch((error) => actions.fail(error));
  new ResizeObserver(() => map.resize()).observe(map.element);
}

state.whenChanged(draw);
actions.onLogin = () => begin(api.session(), api.zone());
setInterval(() => actions.everySecond(), SECOND);
addEventListener('hashchange', () => actions.goTo(readAddress(location.hash)));
await early.words;
await begin(early.session, early.zone);
