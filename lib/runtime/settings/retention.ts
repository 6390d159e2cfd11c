import type { DeclaredLogging } from '../../contract/policies/settings-policy';
import type { ControlPlane } from './control-plane';
import { RegionError } from './control-plane';
import { isDeclared, loggingText } from './logging';
import { shown } from './shown';

/** What became of a Region. */
export type RegionOutcome =
  | { readonly region: string; readonly result: 'none-already' | 'set-to-none' }
  /** No project is served from here; nothing else is wrong. */
  | { readonly region: string; readonly result: 'unusable'; readonly problem: string }
  | { readonly region: string; readonly result: 'refused'; readonly problem: string };

export interface RetentionOptions {
  readonly mode: 'manage' | 'verify';
  readonly regions: readonly string[];
  readonly logging?: DeclaredLogging;
  readonly control: ControlPlane;
  /** Keeps what was set before; called before anything is changed, so that a crash can't lose it. */
  readonly keepFormer: (region: string, former: string) => Promise<void>;
  /** @default 1000 */
  readonly readBackDelayMs?: number;
}

const READ_BACKS = 4;

/**
 * Sees to it that Bedrock keeps nothing in any of the Regions, and that no invocation log is written there. Each Region is
 * read first, so a second run changes nothing, and one after a crash goes on where the first ended.
 */
export async function requireNothingKept(options: RetentionOptions): Promise<RegionOutcome[]> {
  return Promise.all(options.regions.map((region) => outcomeOf(region, options)));
}

async function outcomeOf(region: string, options: RetentionOptions): Promise<RegionOutcome> {
  const { control } = options;
  try {
    const logging = await control.invocationLogging(region);
    // Asked first: a setting of the account isn't changed for a deployment that is refused in the end.
    if (logging !== undefined && !isDeclared(region, logging, options.logging)) {
      return refused(region, loggingText(region, logging, options.logging));
    }
    const former = await control.retentionMode(region);
    if (former === 'none') return { region, result: 'none-already' };
    return options.mode === 'verify' ? refused(region, notNone(region, former)) : await set(region, former, options);
  } catch (error) {
    if (!(error instanceof RegionError)) throw error;
    return { region, result: error.kind === 'not-enabled' ? 'unusable' : 'refused', problem: error.message };
  }
}

async function set(region: string, former: string, options: RetentionOptions): Promise<RegionOutcome> {
  const { control, keepFormer, readBackDelayMs = 1_000 } = options;
  try {
    await keepFormer(region, former);
  } catch (error) {
    return refused(
      region,
      `the former retention mode of ${region} couldn't be kept in the evidence bucket (${(error as Error).name}), so it wasn't ` +
        "changed; look at the function's rights to the bucket and its key, and deploy again",
    );
  }
  await control.keepNothing(region);
  let found = former;
  for (let attempt = 0; attempt < READ_BACKS; attempt += 1) {
    found = await control.retentionMode(region);
    if (found === 'none') return { region, result: 'set-to-none' };
    await new Promise((resolve) => setTimeout(resolve, readBackDelayMs));
  }
  return refused(
    region,
    `the retention mode of Bedrock was set to 'none' in ${region}, but reads '${shown(found)}' afterwards; look for who else sets ` +
      'it in this account, and deploy again',
  );
}

const refused = (region: string, problem: string): RegionOutcome => ({ region, result: 'refused', problem });

const notNone = (region: string, mode: string) =>
  `the retention mode of Bedrock must be 'none' in ${region}, found '${shown(mode)}', and 'bedrock.retention: verify' leaves it to ` +
  `others to set; have it set there for the whole account, or write 'bedrock.retention: manage'`;
