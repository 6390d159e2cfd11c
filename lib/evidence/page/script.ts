/** Filters, sorts and switches the theme. Without it, everything on the page is visible. */
export const SCRIPT = `'use strict';
(() => {
  const root = document.documentElement;
  const find = (id) => document.getElementById(id);
  const [controls, text, result, theme, shown, filtered] = ['controls', 'filter', 'result', 'theme', 'shown', 'filtered'].map(find);
  const rows = [...document.querySelectorAll('tr[data-status]')];
  const texts = new Map();
  const fill = (sentence, values) => sentence.replace(/\\{(\\w+)\\}/g, (_, name) => values[name]);
  const apply = () => {
    const wanted = text.value.trim().toLowerCase();
    let count = 0;
    for (const row of rows) {
      if (wanted && !texts.has(row)) texts.set(row, row.textContent.toLowerCase());
      const fits = (!result.value || row.dataset.status === result.value) && (!wanted || texts.get(row).includes(wanted));
      row.hidden = !fits;
      if (fits) count += 1;
    }
    const values = { shown: count, all: rows.length };
    shown.textContent = fill(shown.dataset.sentence, values);
    filtered.textContent = fill(filtered.dataset.sentence, values);
    filtered.hidden = count === rows.length;
  };
  const order = new Intl.Collator(root.lang, { numeric: true });
  const sort = (head, index) => {
    const direction = head.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
    const sign = direction === 'ascending' ? 1 : -1;
    const body = head.closest('table').tBodies[0];
    const keyed = [...body.rows].map((row) => [row.cells[index].textContent, row]);
    keyed.sort(([a], [b]) => sign * order.compare(a, b));
    body.append(...keyed.map(([, row]) => row));
    for (const other of head.parentNode.cells) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', direction);
  };
  for (const head of document.querySelectorAll('thead th')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.title = fill(controls.dataset.sort, { column: head.textContent });
    button.append(...head.childNodes);
    button.addEventListener('click', () => sort(head, head.cellIndex));
    head.append(button);
  }
  let waiting;
  text.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 120);
  });
  result.addEventListener('change', apply);
  theme.addEventListener('change', () => {
    root.dataset.theme = theme.value;
  });
  controls.hidden = false;
  apply();
})();
`;
