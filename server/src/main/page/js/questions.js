// Asks the server and puts the answers into the state, in the one shape that the views know.
import {api} from './api.js';

const MINUTES_15 = 900_000;
const BUCKETS = 240;

export async function timeline(state) {
  const now = state.nowMs();
  const first = Date.parse(state.journal?.from ?? new Date(now - 600_000).toISOString());
  const last = Math.max(now, state.mode.mode === 'replay' ? Date.parse(state.journal?.to ?? 0) || now : now);
  const span = state.span * 1000 || Math.max(last - first, 60_000);
  const to = state.mode.mode === 'replay' ? Math.min(Math.max(now + span / 2, first + span), Math.max(last, now)) : now;
  const from = Math.max(Math.min(to - span, now), Math.min(first, to - 60_000));
  const answer = await api.timeline({from: new Date(from).toISOString(), to: new Date(to).toISOString(), buckets: BUCKETS});
  state.set({line: lineOf(answer, from, to, state.alerts)});
}

/** Messages a second and alerts by bucket, whatever the answer calls its buckets. */
export function lineOf(answer, from, to, alerts) {
  const fromMs = Date.parse(answer.from ?? '') || from;
  const toMs = Date.parse(answer.to ?? '') || to;
  const buckets = answer.buckets ?? [];
  const seconds = (toMs - fromMs) / 1000 / Math.max(buckets.length, 1);
  const messages = buckets.map((bucket) => bucket.messages ?? 0);
  const told = buckets.flatMap((bucket, i) => {
    const at = Date.parse(bucket.at ?? bucket.from ?? '') || fromMs + (i + 0.5) * seconds * 1000;
    return typeof bucket.alerts === 'object' ? Object.entries(bucket.alerts).filter(([, count]) => count).map(([severity]) => ({atMs: at, severity}))
      : bucket.alerts ? [{atMs: at, severity: bucket.severity ?? 'CAUTION'}] : [];
  });
  const known = alerts.map((alert) => ({atMs: Date.parse(alert.raisedAt), severity: alert.severity}));
  return {fromMs, toMs, messages, alerts: told, marks: [...told, ...known].filter(({atMs}) => atMs >= fromMs && atMs <= toMs), peak: Math.max(...messages, 0) / (seconds || 1)};
}

export async function devices(state) {
  state.set({devices: (await api.devices()).devices});
}

export async function figures(state) {
  const now = Date.now();
  const {samples} = await api.figures({from: new Date(now - MINUTES_15).toISOString(), to: new Date(now).toISOString()});
  state.set({figures: samples});
}

export async function supervision(state) {
  state.set({vehicles: (await api.supervision()).vehicles});
}

export async function evidence(state) {
  const {evidence: packages} = await api.evidence();
  state.set({evidence: packages.map(packageOf)});
}

/** A package by its first trigger. */
export function packageOf(one) {
  const first = one.triggers?.[0] ?? {};
  return {...one, at: one.at ?? first.at ?? one.from, trigger: one.trigger ?? first.kind, reason: one.reason ?? [first.device, first.reason].filter(Boolean).join(' ')};
}

export async function participant(state, id) {
  const answer = await api.participant(id);
  if (state.selected?.participant === id) {
    state.set({participantDetail: {...answer, id}});
  }
}

export async function alert(state, id) {
  const answer = await api.alert(id);
  if (state.selectedAlert === id) {
    const steps = answer.steps ?? [];
    const acknowledgement = answer.acknowledgement ?? answer.acknowledgements?.at(-1) ?? null;
    state.set({alertDetail: {...steps.at(-1), ...answer.alert, ...answer, id, acknowledgement}});
    const known = state.alerts.find((one) => one.id === id);
    if (known && acknowledgement) {
      known.acknowledgement = acknowledgement;
    }
  }
}
