// The HTTP side. Every answer that is no success becomes an ApiError that says what the server said.
export class ApiError extends Error {
  constructor(status, error) {
    super([error?.field, error?.value, error?.rule ?? error?.code].filter(Boolean).join(' ') || `HTTP ${status}`);
    this.status = status;
    this.code = error?.code ?? String(status);
  }
}

const BASE = '/api/v1/';

async function ask(method, path, body) {
  const answer = await fetch(BASE + path, {
    method,
    credentials: 'same-origin',
    cache: 'no-store',
    headers: body === undefined ? {} : {'Content-Type': 'application/json'},
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  const json = text && (answer.headers.get('content-type') ?? '').includes('json') ? JSON.parse(text) : null;
  if (!answer.ok) {
    throw new ApiError(answer.status, json?.error);
  }
  return json;
}

const query = (values) => {
  const parts = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== ''));
  return parts.size ? `?${parts}` : '';
};
const id = encodeURIComponent;

export const api = {
  session: () => ask('GET', 'session'),
  login: (token) => ask('POST', 'session', {token}),
  logout: () => ask('DELETE', 'session'),
  zone: () => ask('GET', 'zone'),
  places: () => ask('GET', 'places'),
  participant: (participant, at) => ask('GET', `participants/${id(participant)}${query({at})}`),
  alerts: (filter) => ask('GET', `alerts${query(filter)}`),
  alert: (alert) => ask('GET', `alerts/${id(alert)}`),
  acknowledge: (alert, note) => ask('POST', `alerts/${id(alert)}/acknowledgement`, {note}),
  devices: () => ask('GET', 'devices'),
  configure: (device, body) => ask('POST', `devices/${id(device)}/configuration`, body),
  askDevice: (device, body) => ask('POST', `devices/${id(device)}/query`, body),
  figures: () => ask('GET', 'figures'),
  timeline: (span) => ask('GET', `timeline${query(span)}`),
  supervision: () => ask('GET', 'supervision'),
  evidence: () => ask('GET', 'evidence'),
  freeze: (incident) => ask('POST', 'evidence', incident),
  verify: (evidence) => ask('POST', `evidence/${id(evidence)}/verification`),
};
