// Asks the server and puts the answers into the state, in the one shape that the views know.
import {acknowledgementOf, takeAlert} from './alerts.js';
import {api} from './api.js';

const BUCKETS = 240;
const SECOND_MS = 1000;
const SHORTEST_MS = 60_000;
const MODES = {MANUAL: 1, AUTOMATED: 2};

export async function timeline(state) {
  const [from, to] = spanOf(state, state.nowMs());
  const answer = await api.timeline({from: new Date(from).toISOString(), to: new Date(to).toISOString(), buckets: BUCKETS});
  state.set({line: {...lineOf(answer, state.alerts), span: state.span}});
}

/** What the strip shows: up to now while live; in replay what it showed before, unless the time has left it. */
function spanOf({line, span, mode, journal}, now) {
  const replay = mode.mode === 'replay';
  if (replay && line?.span === span && now >= line.fromMs && now <= line.toMs) {
    return [line.fromMs, line.toMs];
  }
  const first = Math.min(Date.parse(journal?.from ?? '') || now, now);
  const last = Math.max(Date.parse(journal?.to ?? '') || now, now);
  const wide = span * SECOND_MS || Math.max(last - first, SHORTEST_MS);
  const to = replay ? Math.max(Math.min(now + wide / 2, last), now + SECOND_MS) : now;
  return [to - wide, to];
}

/** The strip of time: counts by bucket, and a mark for each bucket with alerts, in the colour of the worst that is known. */
export function lineOf({from, to, messages, alerts: counts}, alerts) {
  const fromMs = Date.parse(from);
  const toMs = Date.parse(to);
  const bucketMs = (toMs - fromMs) / Math.max(counts.length, 1);
  const known = alerts.map((alert) => ({atMs: Date.parse(alert.raisedAt), severity: alert.severity}))
    .filter(({atMs}) => atMs >= fromMs && atMs <= toMs);
  const told = new Set(known.map(({atMs}) => Math.floor((atMs - fromMs) / bucketMs)));
  const others = [...counts.keys()].filter((i) => counts[i] > 0 && !told.has(i)).map((i) => ({atMs: fromMs + (i + 0.5) * bucketMs, severity: 'CAUTION'}));
  return {fromMs, toMs, messages, marks: [...others, ...known], peak: Math.max(...messages, 0) / (bucketMs / 1000)};
}

export async function devices(state) {
  state.set({devices: (await api.devices()).devices});
}

export async function figures(state) {
  state.set({figures: (await api.figures()).samples});
}

export async function supervision(state) {
  const {vehicles} = await api.supervision();
  state.set({vehicles, modes: modesOf(vehicles)});
}

/** What is told of driving modes, by device, as a row of positions has them. */
export const modesOf = (vehicles) => new Map(vehicles.filter(({online, mode}) => online && MODES[mode]).map(({device, mode}) => [device, MODES[mode]]));

export async function evidence(state) {
  const {packages, pending} = await api.evidence();
  state.set({evidence: [...packages.map((one) => packageOf(one, 'sealed')), ...pending.map((one) => packageOf(one, 'pending'))]});
}

/** A package or a pending incident, told by its first trigger. */
export function packageOf(one, state) {
  const first = one.triggers?.[0] ?? {};
  return {...one, state: one.finding ? 'broken' : state, at: first.at ?? one.from, trigger: first.kind, why: [first.device, first.by, first.reason ?? one.finding].filter(Boolean).join(' · ')};
}

/** What is known of a road user: now, or in a replay what the journal tells of it at the time that is shown. */
export async function participant(state, id) {
  const at = state.mode.mode === 'live' ? null : new Date(state.nowMs()).toISOString();
  const answer = await api.participant(id, at).catch((error) => {
    if (at === null || error.status !== 404) {
      throw error;
    }
    return {};
  });
  if (state.selected?.participant === id) {
    state.set({participantDetail: {...answer, id, at}});
  }
}

export async function alert(state, id) {
  const answer = await api.alert(id);
  takeAlert(state.alerts, answer);
  if (state.selectedAlert === id) {
    state.set({alertDetail: {...answer, causingMessages: answer.causingMessages ?? [], acknowledgement: acknowledgementOf(answer)}});
  }
}
