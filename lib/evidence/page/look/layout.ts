/** Type, spacing and the order of the parts on a screen. Parts that aren't in view are laid out only when they are, so that a long page opens fast. */
export const LAYOUT = `
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 0.9375rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
code { font: 0.92em/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; overflow-wrap: anywhere; }
code.region { white-space: nowrap; }
a { color: var(--accent); }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 1rem; padding: 0.5rem 1rem; background: var(--paper); z-index: 2; }
.page { max-width: 90rem; margin: 0 auto; padding: 2.5rem 2.5rem 4rem; }
h1, h2, h3 { line-height: 1.2; text-wrap: balance; margin: 0; }
h1 { font-size: 2.25rem; letter-spacing: -0.02em; font-weight: 650; }
time { white-space: nowrap; }
.moment { white-space: normal; }
h2 { font-size: 1.375rem; letter-spacing: -0.01em; font-weight: 650; padding-top: 2.5rem; margin-bottom: 1rem; }
h3 { font-size: 1rem; font-weight: 650; padding-top: 2rem; margin-bottom: 0.75rem; }
small { display: block; font-size: 0.8125rem; color: var(--muted); }
.eyebrow { margin: 0 0 0.25rem; color: var(--muted); font-size: 0.875rem; }
.verdict { margin: 0.75rem 0 1.5rem; font-size: 1.125rem; max-width: 46rem; }
.scope, .credit, .none { color: var(--muted); font-size: 0.875rem; max-width: 46rem; }
.summary { list-style: none; display: flex; flex-wrap: wrap; gap: 0.75rem; margin: 0 0 2rem; padding: 0; }
.summary li { flex: 1 1 8rem; padding: 0.875rem 1rem; border-radius: 0.5rem; background: var(--sunk); }
.summary b { display: block; font-size: 1.75rem; line-height: 1.2; font-weight: 600; font-variant-numeric: tabular-nums; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(15rem, 100%), 1fr)); gap: 1rem 2rem; margin: 0 0 1.5rem; padding: 1.25rem 0 0; border-top: 1px solid var(--rule); }
dt { color: var(--muted); font-size: 0.8125rem; }
dd { margin: 0; overflow-wrap: anywhere; }
.terms { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); gap: 1rem 2rem; margin: 0; }
.terms dt { color: var(--ink); font-weight: 600; font-size: 0.9375rem; }
.side { margin-top: 1.5rem; }
nav ol { list-style: none; display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 0; padding: 0; }
nav a { text-decoration: none; display: inline-block; padding: 0.25rem 0; }
nav a:hover { text-decoration: underline; }
.controls { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: end; margin-top: 1.5rem; }
.controls label { font-size: 0.8125rem; color: var(--muted); flex: 1 1 9rem; }
.controls input, .controls select { display: block; width: 100%; margin-top: 0.25rem; padding: 0.45rem 0.6rem; font: inherit; font-size: 0.9375rem; color: var(--ink); background: var(--paper); border: 1px solid var(--muted); border-radius: 0.375rem; }
.shown { flex-basis: 100%; margin: 0; font-size: 0.875rem; color: var(--muted); min-height: 1.5em; }
.filtered { display: none; }
main:focus { outline: none; }
@media screen { main > section { content-visibility: auto; contain-intrinsic-size: auto 60rem; } }
@media screen and (min-width: 72rem) {
  .page { display: grid; grid-template: auto 1fr / 13rem minmax(0, 1fr); column-gap: 3.5rem; }
  header, main { grid-column: 2; }
  .side { grid-column: 1; grid-row: 1 / span 2; position: sticky; top: 2.5rem; align-self: start; max-height: calc(100vh - 5rem); overflow-y: auto; padding: 4px; margin-top: 0; }
  nav ol { display: block; }
  .controls { display: block; }
  .controls label { display: block; margin-bottom: 0.75rem; }
}
`;
