/** Tables, which become cards where there is no room for columns. */
export const TABLES = `
table { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: 0.875rem; }
th { text-align: left; vertical-align: bottom; font-weight: 600; font-size: 0.8125rem; color: var(--muted); padding: 0.5rem 1rem 0.5rem 0; border-bottom: 1px solid var(--muted); }
td { vertical-align: top; padding: 0.75rem 1rem 0.75rem 0; border-bottom: 1px solid var(--rule); overflow-wrap: break-word; }
.lead { width: 20%; } .result { width: 23%; } .wide { width: 23%; } .small { width: 12%; }
strong code { font-weight: 650; }
table[aria-labelledby="keys"] th:nth-child(3) { width: 36%; }
table[aria-labelledby="keys"] .lead { width: 16%; } table[aria-labelledby="keys"] .result { width: 16%; } table[aria-labelledby="keys"] .small { width: 11%; }
table[aria-labelledby="models"] th:nth-child(2) { width: 10%; } table[aria-labelledby="models"] th:nth-child(3) { width: 20%; }
table[aria-labelledby="models"] .lead, table[aria-labelledby="models"] .result { width: 18%; } table[aria-labelledby="models"] .small { width: 10%; }
table[aria-labelledby="alarms"] th:nth-child(3) { width: 30%; } table[aria-labelledby="alarms"] .result { width: 16%; }
table[aria-labelledby="templates"] .wide { width: 46%; }
tr:target td { background: var(--sunk); }
td ul { list-style: none; margin: 0; padding: 0; }
td li + li { margin-top: 0.25rem; }
.wide li + li, .types li + li { margin-top: 0.625rem; }
.wide li li + li { margin-top: 0.125rem; }
td p { margin: 0.75rem 0 0.25rem; }
.where { overflow-wrap: anywhere; }
.kind { display: inline; }
th button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; text-align: left; }
th button::after { content: " ↕"; opacity: 0.6; }
th[aria-sort="ascending"] button::after { content: " ↑"; opacity: 1; }
th[aria-sort="descending"] button::after { content: " ↓"; opacity: 1; }
.status { display: inline-block; white-space: nowrap; font-weight: 600; font-size: 0.8125rem; border-radius: 1rem; padding: 0.05rem 0.6rem; }
.status.ok { color: var(--ok); background: var(--ok-back); }
.status.attention { color: var(--attention); background: var(--attention-back); }
.status.failed { color: var(--failed); background: var(--failed-back); }
.status.unknown { color: var(--unknown); background: var(--unknown-back); }
.reason, .remedy { display: block; margin-top: 0.25rem; }
@media screen and (max-width: 56rem) {
  .page { padding: 1.5rem 1.25rem 3rem; }
  h1 { font-size: 1.75rem; }
  .summary li { flex-basis: 40%; }
  table, tbody, tr, td { display: block; width: auto; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tbody tr { padding: 0.75rem 0; border-bottom: 1px solid var(--muted); }
  td { border: 0; padding: 0.3rem 0; width: auto !important; }
  td:not(.lead)::before { content: attr(data-label); display: block; font-size: 0.75rem; color: var(--muted); }
}
`;
