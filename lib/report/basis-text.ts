import type { Basis } from './inventory-line';

/** A basis in a few words: `claimed by AWS, as of 2026-07 (stale)`. */
export function basisText(basis: Basis): string {
  switch (basis.kind) {
    case 'enforced':
      return 'enforced here';
    case 'set':
      return `set by ${basis.by}`;
    case 'claimed':
      return `claimed by ${basis.by}, as of ${basis.asOf}${basis.origin ? `, in ${basis.origin}` : ''}${basis.stale ? ' (stale)' : ''}`;
    case 'none':
      return 'not enforced';
  }
}
