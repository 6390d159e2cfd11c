import type { DepartureKind, LeftState } from '../../contract/provider-state';

const WHY: Readonly<Record<DepartureKind, string>> = {
  key: 'it refused the key or the account',
  access: 'it refused access',
  certificate: 'its certificate is not trusted',
  drill: 'a drill takes it out of use',
};

/** Since when something is out of use, and why. */
export const whyLeft = ({ at, kind, refusals, models }: LeftState): string =>
  `out of use since ${at}: ${WHY[kind]}` +
  (kind === 'drill' ? '' : ` (${refusals} consecutive refusals; called: ${models.join(', ') || 'unknown'})`);
