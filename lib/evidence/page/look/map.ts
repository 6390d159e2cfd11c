/** The map: its land, marks, lines and labels. */
export const MAP = `
.map { margin: 0; }
.map > svg { display: block; width: 100%; height: auto; border-radius: 0.5rem; background: var(--sea); }
.sea, .margin { fill: var(--sea); }
.margin { stroke: var(--rule); }
.land path { fill: var(--land); stroke: var(--border); stroke-width: 0.8; paint-order: stroke; }
.land .inside { fill: var(--land-inside); }
.flow { fill: none; stroke: var(--flow); stroke-width: 1.6; opacity: 0.75; }
.flow.replication { stroke: var(--copy); stroke-width: 2.4; stroke-dasharray: 9 5; opacity: 1; }
.flow.key-copy { stroke: var(--copy); stroke-width: 2.4; stroke-dasharray: 2 5; opacity: 1; }
.flow.other { stroke-dasharray: 12 4 2 4; }
.flow.outside { stroke: var(--failed); opacity: 1; }
#tip path { fill: var(--flow); } #tip-copy path { fill: var(--copy); } #tip-outside path { fill: var(--failed); }
.region circle, .region > path { stroke: var(--flow); stroke-width: 3; fill: var(--paper); }
.region.holds circle, .region.holds > path { fill: var(--flow); }
.region.out > path { stroke: var(--failed); }
.region.out.holds > path { fill: var(--failed); }
.map text { font: 600 15px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; fill: var(--ink); paint-order: stroke; stroke: var(--sea); stroke-width: 4px; stroke-linejoin: round; }
.map .name { font-weight: 400; font-size: 14px; }
.map .counts text { font-size: 13px; font-weight: 500; }
.counts path { fill: var(--muted); }
.map .margin-title { font-size: 14px; fill: var(--muted); }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; margin: 0.75rem 0; padding: 0; font-size: 0.875rem; }
.legend li { display: flex; align-items: center; gap: 0.4rem; }
.legend svg { height: 1.1rem; width: auto; flex: none; }
@media screen and (min-width: 72rem) {
  .map { display: grid; grid-template-columns: minmax(0, 1fr) 15rem; gap: 2rem; align-items: start; }
  .legend { display: grid; gap: 0.5rem; margin-top: 0; }
}
@media screen and (max-width: 56rem) {
  .map text { font-size: 26px; stroke-width: 6px; }
  .map .name, .map > svg .counts { display: none; }
  .map .margin-title { font-size: 24px; }
}
`;
