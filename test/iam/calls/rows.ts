import type { DeployedFunction } from '../support/account';
import { CONVERSION } from './conversion-rows';
import { DEFAULT_GROUP } from './default-group-rows';
import {
  CHECK,
  EGRESS,
  KEY_SETS,
  MEMBERS,
  OPEN_PROJECTS,
  PROJECTS,
  RETENTION,
  SCIM,
  WORKER,
  WORKSPACE,
} from './gateway-rows';
import { JOBS } from './jobs-rows';
import type { Row } from './row';

/** The functions that have a bundle of their own, by the path of their construct. */
const FUNCTIONS: readonly { readonly path: RegExp; readonly bundle: string; readonly rows: readonly Row[] }[] = [
  { path: /\/Projects\/Gateway\/Gateway\/Function$/, bundle: 'gateway', rows: PROJECTS },
  { path: /\/Projects\/Open\/Function$/, bundle: 'projects', rows: OPEN_PROJECTS },
  { path: /\/Workspace\/Gateway\/Gateway\/Function$/, bundle: 'workspace', rows: WORKSPACE },
  { path: /\/Workspace\/Conversions\/Function$/, bundle: 'conversion', rows: CONVERSION },
  { path: /\/Workspace\/Background\/Worker\/Function$/, bundle: 'workspace', rows: WORKER },
  { path: /\/Egress\/Function\/Function$/, bundle: 'egress', rows: EGRESS },
  { path: /\/Members\/Keys\/Refresh\/Function$/, bundle: 'key-sets', rows: KEY_SETS },
  { path: /\/Members\/Administration\/Handler\/Function$/, bundle: 'members', rows: MEMBERS },
  { path: /\/Workspace\/Scim\/Function$/, bundle: 'scim', rows: SCIM },
  { path: /\/BedrockRetention\/Provider\/Function$/, bundle: 'settings', rows: RETENTION },
  { path: /\/Watch\/Report\/Function$/, bundle: 'watch', rows: [] },
  { path: /\/DestinationCheck\/Provider\/Function$/, bundle: 'settings', rows: CHECK },
];

/** CDK's own function, whose code isn't a bundle of this package. */
const CDKS = /\/Custom::VpcRestrictDefaultSGCustomResourceProvider$/;

/** The rows of each bundle, for the comparison with its code. */
export const ROWS_OF_BUNDLES: Readonly<Record<string, readonly Row[]>> = {
  ...Object.fromEntries(
    FUNCTIONS.map(({ bundle }) => [
      bundle,
      FUNCTIONS.filter((one) => one.bundle === bundle).flatMap(({ rows }) => rows),
    ]),
  ),
  jobs: Object.values(JOBS).flat(),
};

/**
 * The rows of a deployed function, and its tenant.
 *
 * @throws if no row is known for it
 */
export function rowsOf({ path, variables }: DeployedFunction): {
  readonly tenant?: string;
  readonly rows: readonly Row[];
} {
  const [, workspace] = /^\w+-(?:recovery-drill|workspace)-([\w-]+)\//.exec(path) ?? [];
  const job = variables.UPKEEP_FUNCTION;
  const rows =
    job !== undefined
      ? JOBS[job]
      : CDKS.test(path)
        ? DEFAULT_GROUP
        : FUNCTIONS.find((one) => one.path.test(path))?.rows;
  if (rows === undefined) throw new Error(`${path}: its calls aren't listed; add them to test/iam/calls`);
  return { tenant: workspace ?? (path.includes('/Projects/') ? 'projects' : undefined), rows };
}
