import { parseArgs } from 'node:util';
import type { ResidencyBoundary } from '../../../boundary/boundary';
import { decideRegion } from '../../../boundary/region';
import { boundaryOf } from '../../shared/boundary-of';
import { UsageError } from '../../shared/usage-error';
import { readDay } from '../shared/days';

/** From which bucket a bundle is made. */
export interface BundleSource {
  readonly from: string;
  readonly to: string;
  readonly bucket: string;
  /** The bucket's Region. */
  readonly region: string;
  readonly boundary: ResidencyBoundary;
  /** As `--boundary` has it. */
  readonly boundaryText: string;
  /** Also ask CloudTrail in Regions outside the boundary for their public keys. */
  readonly askOutside: boolean;
}

/** The options that say from which bucket a bundle is made. */
export const SOURCE_OPTIONS = {
  from: { type: 'string' },
  to: { type: 'string' },
  bucket: { type: 'string' },
  region: { type: 'string' },
  boundary: { type: 'string' },
  'ask-outside': { type: 'boolean', default: false },
} as const;

type Values = Partial<Record<'from' | 'to' | 'bucket' | 'region' | 'boundary', string>> & {
  readonly 'ask-outside': boolean;
};

/** Reads the options of a source. */
export function readSource(values: Values): BundleSource {
  const required = (name: 'from' | 'to' | 'bucket' | 'region', what: string): string => {
    const value = values[name];
    if (value === undefined) throw new UsageError(`--${name} is missing; name ${what}`);
    return value;
  };
  const from = readDay('--from', required('from', 'the first day, such as 2026-11-01'));
  const to = readDay('--to', required('to', 'the last day, such as 2026-11-30'));
  if (from > to) throw new UsageError('--from is after --to; name the earlier day first');
  const bucket = required('bucket', 'the evidence bucket');
  if (!/^[a-z0-9.-]{3,63}$/.test(bucket)) throw new UsageError("--bucket: the value can't be the name of a bucket");
  const boundaryText = values.boundary ?? 'eu';
  const boundary = boundaryOf(boundaryText);
  const region = required('region', 'the Region of the evidence bucket');
  if (!decideRegion(boundary, region).inside) {
    throw new UsageError(`--region: the value isn't a Region inside ${boundary.label}; the evidence bucket is inside`);
  }
  return { from, to, bucket, region, boundary, boundaryText, askOutside: values['ask-outside'] };
}

/** A valid command line of `audit bundle`. */
export interface BundleCommand extends BundleSource {
  /** A new folder. */
  readonly out: string;
}

/** Reads the command line of `audit bundle`. */
export function readBundleCommand(args: readonly string[]): BundleCommand {
  const { values } = parseArgs({ args: [...args], options: { ...SOURCE_OPTIONS, out: { type: 'string' } } });
  if (values.out === undefined) throw new UsageError('--out is missing; name a new folder for the bundle');
  return { ...readSource(values), out: values.out };
}
