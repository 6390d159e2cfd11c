import { UsageError } from '../shared/usage-error';

/** Where provider states are: the data folder of `serve`, or a table of a deployment. */
export interface ProvidersPlace {
  readonly data?: string;
  readonly table?: string;
  readonly stack?: string;
  /** A role to assume first. */
  readonly role?: string;
  readonly region?: string;
  /** Names the stack and the Region if nothing else does. */
  readonly config: string;
}

/** The options that say where provider states are. */
export const PLACE_OPTIONS = {
  data: { type: 'string' },
  table: { type: 'string' },
  stack: { type: 'string' },
  role: { type: 'string' },
  region: { type: 'string' },
  config: { type: 'string', default: 'residency.yaml' },
} as const;

type Values = Omit<ProvidersPlace, 'config'> & { readonly config: string };

/**
 * The place that a command line names.
 *
 * @throws UsageError if it names two
 */
export function readPlace({ data, table, stack, role, region, config }: Values): ProvidersPlace {
  const named = Object.entries({ data, table, stack }).filter(([, value]) => value !== undefined);
  const [first, second] = named.map(([option]) => `--${option}`);
  if (second !== undefined) {
    throw new UsageError(`the provider states are given twice, by ${first} and by ${second}; omit one`);
  }
  return { data, table, stack, role, region, config };
}
