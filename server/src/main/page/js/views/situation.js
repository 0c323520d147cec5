// The cause of an alert as a picture: who takes part, where each goes, and where they would meet.
import {html, svg} from 'lit-html';
import {number, speed} from '../format.js';
import {t} from '../i18n.js';
import {sceneOf} from '../scene.js';

const HALF = 96;
const LONGEST_NAME = 16;
const short = (name) => name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
const ARROW = 'M0-9 6 8 0 4.500-6 8z';

/** @param parties as sceneOf takes them, with role 'subject' or 'target' and a name */
export function situation(parties, conflictSeconds) {
  const scene = sceneOf(parties, conflictSeconds);
  if (!scene) {
    return html`<p class="empty">${t('situation.none')}</p>`;
  }
  const scale = HALF / scene.half;
  const at = (x, y) => [x * scale, -y * scale];
  return html`<figure class="situation">
    <svg viewBox="-112 -104 224 214" role="img" aria-label=${describe(scene, conflictSeconds)}>
      <circle class="grid" r="96"></circle><path class="grid" d="M-96 0H96M0-96V96"></path>
      ${scene.parties.map((one) => course(one, at))}
      ${scene.conflict ? conflict(at(scene.conflict.x, scene.conflict.y)) : null}
      ${scene.parties.map((one, i) => party(one, at, i))}
      <path class="scale" d=${`M-104 104H${-104 + scene.step * scale}`}></path>
      <text class="small" x="-104" y="99">${scene.step} m</text>
      <text class="small" x="96" y="-92">N↑</text>
    </svg>
    <figcaption>${describe(scene, conflictSeconds)}</figcaption>
  </figure>`;
}

function course(one, at) {
  const [x, y] = at(one.x, one.y);
  const [toX, toY] = at(one.toX, one.toY);
  return svg`<path class="course ${one.role}" d=${`M${x} ${y}L${toX} ${toY}`}></path>`;
}

function party(one, at, i) {
  const [x, y] = at(one.x, one.y);
  const told = one.headingDeg !== undefined && one.headingDeg !== null;
  const left = x > 30;
  return svg`<g class="party ${one.role}">
    ${told ? svg`<path transform=${`translate(${x} ${y}) rotate(${one.headingDeg})`} d=${ARROW}></path>` : svg`<circle cx=${x} cy=${y} r="6"></circle>`}
    <text x=${x + (left ? -11 : 11)} y=${y + (i ? 14 : -6)} text-anchor=${left ? 'end' : 'start'}>${short(one.name)}</text></g>`;
}

const conflict = ([x, y]) => svg`<g class="conflict" transform=${`translate(${x} ${y})`}><circle r="9"></circle><path d="M-5-5 5 5M5-5-5 5"></path></g>`;

function describe(scene, conflictSeconds) {
  const who = scene.parties.map((one) => `${short(one.name)} ${speed(one.speedMps)}`).join(' · ');
  return scene.conflict ? `${who} · ${t('situation.conflict', {seconds: number(conflictSeconds, 1)})}` : who;
}
