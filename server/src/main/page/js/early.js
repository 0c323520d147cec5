// Asks for all that the first picture needs as soon as the page is read, while the browser still takes in the libraries: a
// module of its own, which waits for none of them. What comes of it is waited for in main.js. The live connection is opened
// once it is known that one may look: a hello that comes before anybody hears is kept.
import {readAddress} from './address.js';
import {api} from './api.js';
import {useLanguage} from './i18n.js';
import {Live} from './live.js';
import {looksOf} from './model.js';

const looks = looksOf(readAddress(location.hash));
document.documentElement.dataset.theme = looks.theme;
document.documentElement.dataset.wall = String(looks.wall);

export const session = api.session();
export const zone = api.zone();
export const words = useLanguage(looks.lang);
export const live = new Live();
// What fails does so where it is waited for; who may not see the zone is told so by the session's answer.
for (const asked of [zone, words]) {
  asked.catch(() => null);
}
session.then(() => live.connect(), () => null);
