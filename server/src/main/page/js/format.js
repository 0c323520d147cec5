// Numbers and times as people read them.
import {language, t} from './i18n.js';

const NOTHING = '–';
const missing = (value) => value === null || value === undefined || Number.isNaN(value);

export function number(value, digits = 0) {
  return missing(value)
    ? NOTHING
    : Number(value).toLocaleString(language(), {minimumFractionDigits: digits, maximumFractionDigits: digits});
}

export const withUnit = (value, digits, unit) => missing(value) ? NOTHING : `${number(value, digits)} ${unit}`;

export const speed = (mps) => missing(mps) ? NOTHING : `${number(mps * 3.6)} km/h`;

export function bytes(value) {
  if (missing(value)) {
    return NOTHING;
  }
  const step = value < 1024 ? 0 : Math.min(Math.floor(Math.log2(value) / 10), 4);
  return `${number(value / 1024 ** step, step ? 1 : 0)} ${['B', 'KiB', 'MiB', 'GiB', 'TiB'][step]}`;
}

const pad = (value, width = 2) => String(value).padStart(width, '0');

/** Time of day on this machine's clock, to the second. */
export function clock(at) {
  const date = new Date(at);
  return missing(at) || Number.isNaN(date.getTime())
    ? NOTHING
    : `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
}

export function dateTime(at) {
  const date = new Date(at);
  return missing(at) || Number.isNaN(date.getTime())
    ? NOTHING
    : `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())} ${clock(at)}`;
}

/** How long something has lasted, in the two greatest units. */
export function duration(seconds) {
  if (missing(seconds)) {
    return NOTHING;
  }
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) {
    return `${whole} s`;
  }
  if (whole < 3600) {
    return `${Math.floor(whole / 60)} min ${pad(whole % 60)} s`;
  }
  return whole < 86400
    ? `${Math.floor(whole / 3600)} h ${pad(Math.floor(whole % 3600 / 60))} min`
    : `${Math.floor(whole / 86400)} ${t('unit.days')} ${Math.floor(whole % 86400 / 3600)} h`;
}

export const ago = (at, nowMs) => t('time.ago', {time: duration((nowMs - new Date(at).getTime()) / 1000)});
