import { PROFILES } from '@/lib/facts/generated/profiles';
import { allowed, denied, inAws, type Row } from '../row';
import type { PerimeterSet } from '../sets';
import { DESTINATIONS, ofModel, ofProfile } from './model-calls';

/** A set is enough for what derives from the facts alone. */
const once = (set: PerimeterSet): boolean => inAws(set) && !set.scope.hasEgress;

const TRAP_OF: Readonly<Record<string, 'profile from london' | 'profile from zurich' | 'profile from tel aviv'>> = {
  'eu-west-2': 'profile from london',
  'eu-central-2': 'profile from zurich',
  'il-central-1': 'profile from tel aviv',
};

/** Every profile of the facts, from every source and in every destination that they have. Those that no call uses any more are left out. */
export const PROFILE_ROWS: readonly Row[] = PROFILES.flatMap(({ id, modelId, kind, routes, status }) =>
  kind !== 'inference' || modelId === null
    ? []
    : Object.entries(routes ?? {}).flatMap(([source, destinations]) => {
        const isInside = [source, ...destinations].every((one) => DESTINATIONS.includes(one));
        if (isInside && status !== 'listed') return [];
        const requests = [
          ofProfile(`calls ${id} from ${source}`, id, source),
          ...destinations.map((one) => ofModel(`${id} of ${source} sends to ${one}`, id, source, one, modelId)),
        ].map((one) => ({ ...one, in: once }));
        return isInside
          ? allowed('profile from inside', ...requests)
          : denied(TRAP_OF[source] ?? 'other profile', ...requests);
      }),
);
