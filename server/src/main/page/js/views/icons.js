// Small pictures. Severity has a shape as well as a colour: octagon, triangle, diamond, circle.
import {html, svg} from 'lit-html';

const SHAPES = {
  CRITICAL: svg`<path d="M6 1h8l5 5v8l-5 5H6l-5-5V6z"/><path class="ink" d="M10 5v6M10 14v1.5"/>`,
  WARNING: svg`<path d="M10 1.5 19 18H1z"/><path class="ink" d="M10 7.5v5M10 15v1"/>`,
  CAUTION: svg`<path d="M10 .8 19.2 10 10 19.2.8 10z"/><path class="ink" d="M10 6v5M10 13.5v1"/>`,
  INFO: svg`<circle cx="10" cy="10" r="8.6"/><path class="ink" d="M10 9v5.5M10 5.6v1"/>`,
};

export const severityIcon = (severity, words) => html`<svg class="severity ${severity?.toLowerCase()}" viewBox="0 0 20 20" role="img" aria-label=${words}>${SHAPES[severity] ?? SHAPES.INFO}</svg>`;

const ICONS = {
  play: 'M6 4v16l13-8z', pause: 'M6 4h4v16H6zM14 4h4v16h-4z', step: 'M5 4v16l9-8zM16 4h3v16h-3z', back: 'M19 4v16l-9-8zM8 4H5v16h3z', close: 'M5 6.5 6.5 5 12 10.5 17.5 5 19 6.5 13.5 12 19 17.5 17.5 19 12 13.5 6.5 19 5 17.5 10.5 12z',
  plus: 'M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z', minus: 'M5 11h14v2H5z', all: 'M4 4h6v2H6v4H4zM14 4h6v6h-2V6h-4zM4 14h2v4h4v2H4zM18 14h2v6h-6v-2h4z',
  layers: 'm12 3 9 5-9 5-9-5zM4.5 12.2 12 16.4l7.5-4.2L21 13l-9 5-9-5z', check: 'm9.5 18-6-6L5 10.5l4.5 4.5L19 5.500l1.500 1.500z',
};

export const icon = (name) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${ICONS[name]}></path></svg>`;
