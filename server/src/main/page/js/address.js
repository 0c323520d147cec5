// The part of the address behind the #: what is looked at, so that it can be sent to a colleague.
//   #view=map&box=106.27,29.58,106.33,29.61&participant=156672&time=2026-11-30T02:53:44Z&lang=en&theme=light

const VIEWS = ['map', 'devices', 'figures', 'supervision', 'evidence'];
const DECIMALS = 5;
const LONGEST_NAME = 64;

/** What the address says; parts that are missing or wrong are left out. */
export function readAddress(hash) {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  const said = {};
  const take = (name, value) => {
    if (value !== null && value !== undefined) {
      said[name] = value;
    }
  };
  take('view', VIEWS.includes(parts.get('view')) ? parts.get('view') : null);
  take('box', box(parts.get('box')));
  take('participant', /^\d{1,20}$/.test(parts.get('participant') ?? '') ? parts.get('participant') : null);
  take('device', (parts.get('device') ?? '').length <= LONGEST_NAME ? parts.get('device') : null);
  take('alert', /^\d{1,20}$/.test(parts.get('alert') ?? '') ? parts.get('alert') : null);
  take('time', Number.isNaN(Date.parse(parts.get('time') ?? '')) ? null : parts.get('time'));
  take('follow', parts.get('follow') === '1' ? true : null);
  take('lang', ['zh-CN', 'en'].includes(parts.get('lang')) ? parts.get('lang') : null);
  take('theme', ['dark', 'light'].includes(parts.get('theme')) ? parts.get('theme') : null);
  take('wall', parts.get('wall') === '1' ? true : null);
  return said;
}

function box(text) {
  const numbers = (text ?? '').split(',').map(Number);
  const [west, south, east, north] = numbers;
  const good = text && numbers.length === 4 && numbers.every(Number.isFinite) && west < east && south < north
    && west >= -180 && east <= 180 && south >= -90 && north <= 90;
  return good ? numbers : null;
}

/** The address of what is looked at; parts that are null or false are left out. */
export function writeAddress({view, box: corners, participant, device, alert, time, follow, lang, theme, wall}) {
  const parts = new URLSearchParams();
  const put = (name, value) => value && parts.set(name, value);
  put('view', view === 'map' ? null : view);
  put('box', corners?.map((degrees) => degrees.toFixed(DECIMALS)).join(','));
  put('participant', participant);
  put('device', device);
  put('alert', alert);
  put('time', time);
  put('follow', follow ? '1' : null);
  put('lang', lang);
  put('theme', theme);
  put('wall', wall ? '1' : null);
  return '#' + parts.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
}
