import { ResidencyBoundary } from '../../../boundary/boundary';
import type { Bundle } from '../bundle/bundle';
import { MANIFEST_FILE, type Manifest, readManifest } from '../bundle/manifest';
import { Checkpoints } from '../ledger/checkpoints';
import { hourOfLeaves, hoursAfter } from '../ledger/hour-files';
import { seedNumbers } from '../ledger/hour-state';
import type { NamedKey } from '../ledger/public-key';
import { type Hours, readHours } from '../ledger/read-hours';
import { requireOrder } from '../shared/days';
import { Findings } from '../shared/finding';
import { type DigestedTrail, readDigests } from '../trail/digest-chain';
import { readSignatures } from '../trail/digest-signatures';
import { readTrail } from '../trail/read-trail';
import { requireTrails } from '../trail/required-trails';
import { readTrailKeys, type UsableKeys } from '../trail/trail-keys';
import { type Days, Join } from './join';

/** What to audit. */
export interface AuditOptions {
  /** The ledger's public key; without it, no checkpoint is verified. */
  readonly key?: NamedKey;
  /** The first and the last day, such as `2026-11-01`; by default those of the bundle. */
  readonly from?: string;
  readonly to?: string;
  /** By default that which the bundle states. */
  readonly boundary?: ResidencyBoundary;
  /** CloudTrail's public keys; by default those of the bundle. */
  readonly trailKeys?: UsableKeys;
  /** Regions that an account must enable, and that this one hasn't. @default - none */
  readonly notEnabled?: readonly string[];
}

/** What was read, joined and found. */
export interface Audited {
  readonly from: string;
  readonly to: string;
  /** Who names the period. */
  readonly periodFrom: 'auditor' | 'bundle';
  readonly boundary: ResidencyBoundary;
  readonly boundaryFrom: 'auditor' | 'bundle';
  readonly isSigned: boolean;
  readonly manifest: Manifest | undefined;
  readonly checkpoints: Checkpoints;
  readonly hours: Hours;
  readonly trail: DigestedTrail & { readonly events: number };
  readonly keys: UsableKeys;
  readonly notEnabled: readonly string[];
  readonly join: Join;
  readonly findings: Findings;
}

const DAY_MS = 86_400_000;
/** Records and events of the last minutes of a day arrive in the first hour of the next one. */
const LATE_MS = 3_600_000;

/** Reads a bundle once, verifies each file, and joins records and events. */
export async function auditBundle(bundle: Bundle, { key, ...options }: AuditOptions): Promise<Audited> {
  const findings = new Findings();
  const manifest = readManifest(bundle, findings);
  const from = options.from ?? manifest?.from ?? '1970-01-01';
  const to = options.to ?? manifest?.to ?? '1970-01-01';
  requireOrder({ from, to });
  const days: Days = { from: Date.parse(from), to: Date.parse(to) + DAY_MS };
  const boundary = options.boundary ?? statedBoundary(manifest, findings);
  const join = new Join(boundary, days, findings);
  const checkpoints = Checkpoints.read(bundle, key, findings);
  const period = { from: `${from}T00`, to: hoursAfter(`${to}T23`, 1) };
  seedFromState(bundle, join);
  const hours = await readHours(bundle, checkpoints, period, findings, (leaf, { hour }) => join.leaf(leaf, hour));
  join.numbers.report(findings);
  const keys = options.trailKeys ?? readTrailKeys(bundle, findings);
  const { notEnabled = [] } = options;
  const signatures = readSignatures(bundle, findings);
  const context = { bucket: manifest?.bucket, signatures, keys, period: { from: days.from, to: days.to + LATE_MS } };
  const digested = readDigests(bundle, context, findings);
  const events = readTrail(bundle, digested, findings, (call, file) => join.call(call, file));
  join.finish();
  requireTrails(digested, { boundary, called: join.regions, notEnabled }, findings);
  const trail = { ...digested, events };
  return {
    from,
    to,
    periodFrom: options.from === undefined || options.to === undefined ? 'bundle' : 'auditor',
    boundary,
    boundaryFrom: options.boundary === undefined ? 'bundle' : 'auditor',
    isSigned: key !== undefined,
    manifest,
    checkpoints,
    hours,
    trail,
    keys,
    notEnabled,
    join,
    findings,
  };
}

/** The numbers before the first hour of a bundle: a record of it that arrives late closes a gap, and opens none. */
function seedFromState(bundle: Bundle, { numbers }: Join): void {
  const first = bundle.files.flatMap((file) => hourOfLeaves(file) ?? []).sort()[0];
  if (first !== undefined) seedNumbers(hoursAfter(first, -1), bundle, numbers);
}

/** The boundary that a bundle states. Without one, the EU: a Region outside it isn't taken for one inside. */
function statedBoundary(manifest: Manifest | undefined, findings: Findings): ResidencyBoundary {
  try {
    return ResidencyBoundary.parse(manifest?.boundary ?? 'eu');
  } catch {
    findings.failure(MANIFEST_FILE, 'a boundary that does not exist', 'eu, eea, or codes of countries or Regions');
    return ResidencyBoundary.eu();
  }
}
