// How the server does, over the last fifteen minutes. uPlot draws; beside each curve stands its last value as text.
import {html} from 'lit-html';
import {bytes, clock, number, withUnit} from '../format.js';
import {t} from '../i18n.js';
import {loadUplot} from 'uplot';

const milli = (value) => withUnit(value, value < 10 ? 2 : 0, 'ms');
const percent = (value) => withUnit(value, 0, '%');

/** Each chart: its name, how a value reads, and its curves as [name, of a sample, colour of the style sheet]. */
export function chartsOf(samples) {
  const stages = [...new Set(samples.flatMap((one) => Object.keys(one.latency ?? {})))].slice(0, 4);
  const reasons = [...new Set(samples.flatMap((one) => Object.keys(one.drops ?? {})))];
  const colours = ['automated', 'caution', 'go', 'seen', 'critical'];
  return [
    {name: 'figure.rate', show: (value) => withUnit(value, 0, '/s'), curves: [['figure.messages', (one) => one.messagesPerSecond, 'automated']]},
    ...stages.map((stage) => ({name: 'figure.latency', extra: stage, show: milli, curves: [
      ['p50', (one) => one.latency?.[stage]?.p50, 'automated'], ['p99', (one) => one.latency?.[stage]?.p99, 'caution'], ['max', (one) => one.latency?.[stage]?.max, 'critical']]})),
    {name: 'figure.sync', show: milli, curves: [['figure.sync', (one) => one.syncMs, 'go']]},
    {name: 'figure.drops', show: (value) => number(value), curves: reasons.length ? reasons.map((reason, i) => [reason, (one) => one.drops?.[reason], colours[i % colours.length]]) : [['figure.none', () => 0, 'go']]},
    {name: 'figure.disk', show: bytes, curves: [['figure.journal', (one) => one.journalBytes, 'automated'], ['figure.free', (one) => one.diskFreeBytes, 'go']]},
    {name: 'figure.cpu', show: percent, curves: [['figure.cpu', (one) => one.cpuPercent, 'caution']]},
  ];
}

export function figuresView(state) {
  const charts = chartsOf(state.figures);
  const last = state.figures.at(-1);
  return html`<div class="view"><header><h1>${t('view.figures')}</h1><p>${t('figure.span')}</p></header>
    <div class="charts scroll" tabindex="0" role="region" aria-label=${t('view.figures')}>${charts.map((chart, i) => html`<section class="chart" aria-label=${title(chart)}><h2>${title(chart)}</h2>
      <p class="legend">${chart.curves.map(([name, of, colour]) => html`<span class="key ${colour}">${t(name)} <b>${last ? chart.show(of(last)) : '–'}</b></span>`)}</p>
      <div class="plot" data-chart=${i} aria-hidden="true"></div></section>`)}
      ${last ? '' : html`<p class="empty">${t('figure.empty')}</p>`}</div></div>`;
}

const title = (chart) => chart.extra ? `${t(chart.name)} · ${chart.extra}` : t(chart.name);

/** Draws the curves into the places that the view has made; called after it was drawn. */
export async function plotFigures(state) {
  const charts = chartsOf(state.figures);
  if (!state.figures.length) {
    return;
  }
  const Uplot = await loadUplot();
  const style = getComputedStyle(document.documentElement);
  const times = state.figures.map((one) => Date.parse(one.at) / 1000);
  for (const place of document.querySelectorAll('.plot[data-chart]')) {
    const chart = charts[Number(place.dataset.chart)];
    if (!chart) {
      continue;
    }
    const data = [times, ...chart.curves.map(([, of]) => state.figures.map((one) => of(one) ?? null))];
    const looks = `${document.documentElement.dataset.theme} ${chart.curves.length} ${chart.extra}`;
    if (place.plot && place.looks === looks) {
      place.plot.setSize({width: place.clientWidth, height: place.clientHeight});
      place.plot.setData(data);
      continue;
    }
    place.plot?.destroy();
    place.looks = looks;
    place.plot = new Uplot(options(chart, style, place), data, place);
  }
}

function options(chart, style, place) {
  const colour = (name) => style.getPropertyValue(`--map-${name}`).trim();
  const axis = {stroke: colour('muted'), grid: {stroke: colour('road-edge'), width: 1}, ticks: {show: false}, font: '11px system-ui'};
  return {
    width: place.clientWidth, height: place.clientHeight, legend: {show: false}, cursor: {show: true, points: {show: false}},
    scales: {x: {time: true}, y: {range: (plot, least, most) => [0, most > 0 ? most * 1.1 : 1]}},
    axes: [{...axis, space: 90, values: (plot, values) => values.map((value) => clock(value * 1000).slice(0, 5))}, {...axis, size: 64, values: (plot, values) => values.map((value) => chart.show(value))}],
    series: [{}, ...chart.curves.map(([, , name], i) => ({stroke: colour(name), width: 1.8, dash: [[], [6, 3], [2, 3]][i % 3], spanGaps: true}))],
  };
}
