// How the server does, over the last fifteen minutes. uPlot draws; beside each curve stands its last value as text.
import {html} from 'lit-html';
import {bytes, clock, number, withUnit} from '../format.js';
import {t, tOr} from '../i18n.js';
import {loadUplot} from 'uplot';

const milli = (value) => withUnit(value, value < 10 ? 2 : 0, 'ms');
const percent = (value) => withUnit(value * 100, 0, '%');
const millis = (micros) => micros === undefined ? undefined : micros / 1000;

/** Each chart: its name, how a value reads, and its curves as [name, of a sample, colour of the style sheet]. */
export function chartsOf(samples) {
  const stages = Object.keys(samples.at(-1)?.latencyMicros ?? {});
  const reasons = [...new Set(samples.flatMap((one) => Object.keys(one.droppedPerSecond ?? {}).filter((reason) => one.droppedPerSecond[reason])))];
  const colours = ['automated', 'caution', 'go', 'seen', 'critical'];
  return [
    {name: 'figure.rate', show: (value) => withUnit(value, 0, '/s'), curves: [['figure.messages', (one) => one.messagesPerSecond, 'automated']]},
    ...stages.map((stage) => ({name: 'figure.latency', extra: stage, show: milli, curves: [
      ['p50', (one) => millis(one.latencyMicros[stage]?.p50), 'automated'], ['p99', (one) => millis(one.latencyMicros[stage]?.p99), 'caution'], ['max', (one) => millis(one.latencyMicros[stage]?.max), 'critical']]})),
    {name: 'figure.drops', show: (value) => withUnit(value, 1, '/s'), curves: [['figure.refused', (one) => one.refusedPerSecond, 'muted'],
      ...reasons.map((reason, i) => [reason, (one) => one.droppedPerSecond[reason], colours[i % colours.length]])]},
    {name: 'figure.disk', show: bytes, curves: [['figure.journal', (one) => one.journalBytes, 'automated'], ['figure.free', (one) => one.diskFreeBytes, 'go']]},
    {name: 'figure.cpu', show: percent, curves: [['figure.cpu', (one) => one.cpu, 'caution'], ['figure.system', (one) => one.systemCpu, 'seen']]},
  ];
}

export function figuresView(state) {
  const charts = chartsOf(state.figures);
  const last = state.figures.at(-1);
  return html`<div class="view"><header><h1>${t('view.figures')}</h1><p>${t('figure.span')}</p></header>
    <div class="charts scroll" tabindex="0" role="region" aria-label=${t('view.figures')}>${charts.map((chart, i) => html`<section class="chart" aria-label=${title(chart)}><h2>${title(chart)}</h2>
      <p class="legend">${chart.curves.map(([name, of, colour]) => html`<span class="key ${colour}">${tOr(name, name)} <b>${last ? chart.show(of(last)) : '–'}</b></span>`)}</p>
      <div class="plot" data-chart=${i} aria-hidden="true"></div></section>`)}
      ${last ? '' : html`<p class="empty">${t('figure.empty')}</p>`}</div></div>`;
}

const title = (chart) => chart.extra ? `${t(chart.name)} · ${tOr(`stage.${chart.extra}`, chart.extra)}` : t(chart.name);

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
    axes: [{...axis, space: 52, size: 26, values: (plot, values) => values.map((value) => clock(value * 1000).slice(0, 5))}, {...axis, size: 64, values: (plot, values) => values.map((value) => chart.show(value))}],
    series: [{}, ...chart.curves.map(([, , name], i) => ({stroke: colour(name), width: 1.8, dash: [[], [6, 3], [2, 3]][i % 3], spanGaps: true}))],
  };
}
