// uPlot is a classic script as well, and fetched when the figures are looked at first.
let loading = null;

/** @returns {Promise<Function>} the class uPlot */
export function loadUplot() {
  loading ??= new Promise((resolve, reject) => {
    const {uplot, uplotLooks} = document.querySelector('script[data-uplot]').dataset;
    const css = Object.assign(document.createElement('link'), {rel: 'stylesheet', href: uplotLooks});
    const script = Object.assign(document.createElement('script'), {src: uplot});
    script.onload = () => resolve(globalThis.uPlot);
    script.onerror = () => {
      loading = null;
      reject(new Error(script.src));
    };
    document.head.append(css, script);
  });
  return loading;
}
