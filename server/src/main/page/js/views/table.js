// A table whose columns sort: {name, of, show, numeric}. Text goes in as text.
import {html} from 'lit-html';
import {t} from '../i18n.js';

const compare = (one, other) => typeof one === 'number' && typeof other === 'number' ? one - other : String(one ?? '').localeCompare(String(other ?? ''), undefined, {numeric: true});

export function sortRows(rows, column, down) {
  const sorted = rows.toSorted((one, other) => compare(column.of(one), column.of(other)));
  return down ? sorted.reverse() : sorted;
}

/** @param sort {column, down} of the state; onSort is told the new one; onRow the row that was chosen */
export function table({caption, columns, rows, sort, onSort, onRow, chosen}) {
  const by = columns.find((column) => column.name === sort?.column) ?? columns[0];
  const head = (column) => {
    const on = column === by;
    return html`<th scope="col" class=${column.numeric ? 'numeric' : ''} aria-sort=${on ? sort?.down ? 'descending' : 'ascending' : 'none'}>
      <button class="plain" @click=${() => onSort({column: column.name, down: on && !sort?.down})}>${t(column.name)}<span aria-hidden="true">${on ? sort?.down ? ' ▾' : ' ▴' : ''}</span></button></th>`;
  };
  return html`<table><caption class="unseen">${caption}</caption><thead><tr>${columns.map(head)}</tr></thead>
    <tbody>${sortRows(rows, by, sort?.down).map((row) => html`<tr class=${chosen?.(row) ? 'chosen' : ''}>${columns.map((column, i) => html`<td class=${column.numeric ? 'numeric' : ''}>${i === 0 && onRow ? html`<button class="link" @click=${() => onRow(row)}>${column.show(row)}</button>` : column.show(row)}</td>`)}</tr>`)}</tbody></table>`;
}
