// The colours of what is painted, from the style sheet, so that themes are made in one place. They are told apart by
// people with any kind of colour vision (after the palette of Okabe and Ito), and each has a shape of its own as well.
const NAMES = ['ground', 'road', 'road-edge', 'lane', 'zebra', 'place', 'approved', 'text', 'text-halo', 'muted', 'automated', 'manual',
  'unknown', 'seen', 'person', 'cycle', 'outline', 'edge', 'accent', 'critical', 'warning', 'caution', 'info', 'ok', 'go', 'stop', 'change', 'dark'];

export function readPalette() {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(NAMES.map((name) =>
    [name.replace(/-(.)/g, (all, letter) => letter.toUpperCase()), style.getPropertyValue(`--map-${name}`).trim()]));
}
