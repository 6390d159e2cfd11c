import type { DeclaredLogging } from '../../contract/policies/settings-policy';
import type { ControlPlane } from './control-plane';
import { RegionError } from './control-plane';
import { isDeclared, loggingText } from './logging';
import { printable } from './printable';

/** The result for a Region. */
export type RegionOutcome =
  | { readonly region: string; readonly result: 'none-already' | 'set-to-none' }
  /** No project can use this Region; nothing else is wrong. */
  | { readonly region: string; readonly result: 'unusable'; readonly problem: string }
  | { readonly region: string; readonly result: 'refused'; readonly problem: string };

export interface RetentionOptions {
  readonly mode: 'manage' | 'verify';
  readonly regions: readonly string[];
  readonly logging?: DeclaredLogging;
  readonly control: ControlPlane;
  /** Stores the former mode. It is called before any change, so that a crash can't lose the mode. */
  readonly storeFormer: (region: string, former: string) => Promise<void>;
  /** @default 1000 */
  readonly readBackDelayMs?: number;
}

const READ_BACKS = 4;

/**
 * Ensures that Bedrock retains nothing in any of the Regions, and that no undeclared invocation log is written there. Each Region is
 * read first, so a second run changes nothing, and a run after a crash continues where the first one ended.
 */
export async function requireNoRetention(options: RetentionOptions): Promise<RegionOutcome[]> {
  return Promise.all(options.regions.map((region) => outcomeOf(region, options)));
}

async function outcomeOf(region: string, options: RetentionOptions): Promise<RegionOutcome> {
  const { control } = options;
  try {
    const logging = await control.invocationLogging(region);
    // Checked first: a deployment that is refused later must not change a setting of the account.
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
  const { control, storeFormer, readBackDelayMs = 1_000 } = options;
  try {
    await storeFormer(region, former);
  } catch (error) {
    return refused(
      region,
      `the former retention mode of ${region} couldn't be stored in the evidence bucket (${(error as Error).name}), so the mode ` +
        "wasn't changed; check the function's permissions for the bucket and its key, and deploy again",
    );
  }
  await control.setRetentionNone(region);
  let found = former;
  for (let attempt = 0; attempt < READ_BACKS; attempt += 1) {
    found = await control.retentionMode(region);
    if (found === 'none') return { region, result: 'set-to-none' };
    await new Promise((resolve) => setTimeout(resolve, readBackDelayMs));
  }
  return refused(
    region,
    `the retention mode of Bedrock was set to 'none' in ${region}, but is '${printable(found)}' afterwards; find what else sets it ` +
      'in this account, and deploy again',
  );
}

const refused = (region: string, problem: string): RegionOutcome => ({ region, result: 'refused', problem });

const notNone = (region: string, mode: string) =>
  `the retention mode of Bedrock must be 'none' in ${region}, found '${printable(mode)}', and 'bedrock.retention: verify' doesn't ` +
  `set it; ask its owner to set it there for the whole account, or write 'bedrock.retention: manage'`;
