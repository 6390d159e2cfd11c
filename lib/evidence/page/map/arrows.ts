import { type Html, html } from '../../../html/html';
import type { FlowRow } from '../../core/evidence';
import type { Place } from './places';
import type { Point } from './project';

export interface Arrow {
  readonly kind: FlowRow['kind'];
  readonly from: Place;
  readonly to: Place;
}

/** The flows between two Regions, each kind once: many gateways have the same. */
export function arrowsOf(flows: readonly FlowRow[], places: readonly Place[]): readonly Arrow[] {
  const byRegion = new Map(places.map((place) => [place.row.region, place]));
  const arrows = new Map<string, Arrow>();
  for (const { kind, from, to } of flows) {
    const [start, end] = [byRegion.get(from), byRegion.get(to)];
    if (start && end && start !== end) arrows.set(`${kind} ${from} ${to}`, { kind, from: start, to: end });
  }
  return [...arrows.values()];
}

/** How far each kind is bent, so that two kinds between the same Regions don't cover each other. */
const BEND: Readonly<Record<FlowRow['kind'], number>> = {
  inference: 0.12,
  replication: 0.24,
  'key copy': 0.34,
  other: 0.44,
};

/** The space that is left free around a Region's mark. */
const GAP = 15;

const towards = (from: Point, to: Point, by: number): Point => {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: from.x + ((to.x - from.x) * by) / length, y: from.y + ((to.y - from.y) * by) / length };
};

const rounded = ({ x, y }: Point): string => `${Math.round(x)} ${Math.round(y)}`;

/** An arrow as a curve from one mark to the other. */
export function drawArrow({ kind, from, to }: Arrow): Html {
  const bend = BEND[kind];
  const control = {
    x: (from.x + to.x) / 2 + (to.y - from.y) * bend,
    y: (from.y + to.y) / 2 - (to.x - from.x) * bend,
  };
  const [start, end] = [towards(from, control, GAP), towards(to, control, GAP)];
  const tip = tipOf({ kind, from, to });
  const outside = to.row.isInside ? '' : ' outside';
  return html`<path class="flow ${classOf(kind)}${outside}" d="M${rounded(start)}Q${rounded(control)} ${rounded(end)}" marker-end="url(#${tip})"/>\n`;
}

/** The tips of arrows: one for each colour. */
export const TIPS = ['tip', 'tip-copy', 'tip-outside'] as const;

function tipOf({ kind, to }: Arrow): (typeof TIPS)[number] {
  if (!to.row.isInside) return 'tip-outside';
  return kind === 'replication' || kind === 'key copy' ? 'tip-copy' : 'tip';
}

/** The class of a kind: a class has no spaces. */
export const classOf = (kind: FlowRow['kind']): string => kind.replace(' ', '-');
