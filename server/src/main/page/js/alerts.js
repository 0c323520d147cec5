// The alerts this browser knows: newest first, one entry for all steps of one alert. Pure.
import {keyOf} from './positions.js';

export const SEVERITIES = ['CRITICAL', 'WARNING', 'CAUTION', 'INFO'];
const MOST = 500;
const PULSES = 40;

/** The last one that was told, if any. */
export const acknowledgementOf = (alert) => alert.acknowledgements?.at(-1) ?? null;

/** Takes a step of an alert, or an alert of the history, into the list; tells whether it is news to read out. */
export function takeAlert(alerts, step) {
  const known = alerts.find((one) => one.id === step.id);
  if (known) {
    if (Date.parse(step.at) < Date.parse(known.at)) {
      return false;
    }
    const worse = SEVERITIES.indexOf(step.severity) < SEVERITIES.indexOf(known.severity);
    Object.assign(known, step, {acknowledgement: acknowledgementOf(step) ?? known.acknowledgement});
    return worse;
  }
  const at = alerts.findIndex((one) => Date.parse(one.raisedAt) <= Date.parse(step.raisedAt));
  alerts.splice(at < 0 ? alerts.length : at, 0, {...step, acknowledgement: acknowledgementOf(step)});
  alerts.length = Math.min(alerts.length, MOST);
  return true;
}

export function takeAcknowledgement(alerts, {alertId, by, note, at}) {
  const alert = alerts.find((one) => one.id === alertId);
  if (alert) {
    alert.acknowledgement = {by, note, at};
  }
}

/** Those that a filter lets through: {least severity, kind, open only, words in a device or kind}. */
export function filterAlerts(alerts, {least = 'INFO', kind = '', open = false, words = ''}) {
  const wanted = words.trim().toLowerCase();
  const limit = SEVERITIES.indexOf(least);
  return alerts.filter((alert) => SEVERITIES.indexOf(alert.severity) <= limit
    && (!kind || alert.kind === kind)
    && (!open || (alert.state !== 'CLEARED' && !alert.acknowledgement))
    && (!wanted || [alert.kind, alert.subject?.device, alert.target?.device, alert.event?.description, alert.node]
      .some((word) => word?.toLowerCase().includes(wanted))));
}

/** What pulses on the map: alerts that go on and that nobody has acknowledged, the worst first. */
export function pulsesOf(alerts, shown, nowMs) {
  const going = alerts.filter((alert) => alert.state !== 'CLEARED' && !alert.acknowledgement && alert.severity !== 'INFO' && alert.lat !== undefined);
  going.sort((one, other) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity));
  return new Map(going.slice(0, PULSES).map((alert) => [alert.id, {
    id: alert.id, severity: alert.severity, lat: alert.lat, lon: alert.lon, shownAt: shown.get(alert.id)?.shownAt ?? nowMs,
    subjectKey: alert.subject?.participant === undefined ? undefined : keyOf(alert.subject.participant)}]));
}

/** What a party, an event or a node of an alert is called; null where it has none. */
export const nameOf = (party) => party?.device ?? (party?.seenBy ? `${party.seenBy} #${party.numberAtUnit ?? ''}` : party?.participant ?? null);
