// The words of the page, from one file a language. A word that is missing is shown as its name, so that it is found.
let words = {};
let current = 'zh-CN';

export const LANGUAGES = {'zh-CN': '中文', en: 'English'};

export async function useLanguage(language) {
  const answer = await fetch(new URL(`../i18n/${language}.json`, import.meta.url));
  words = await answer.json();
  current = language;
  document.documentElement.lang = language;
  document.title = t('app.title');
}

export const language = () => current;

/** The word of this name; {places} in it are filled from the values. */
export function t(name, values = {}) {
  const word = words[name] ?? name;
  return word.replace(/\{(\w+)\}/g, (all, place) => values[place] ?? all);
}

/** The word of a name that a server made up; the fallback where the page does not know it. */
export const tOr = (name, fallback) => words[name] ?? fallback;
