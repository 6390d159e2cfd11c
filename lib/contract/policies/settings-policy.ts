import type { FactLayer } from '../../facts/layers';
import type { FactsRelease } from '../../facts/release-facts';

/** What the function that sets or checks Bedrock's settings reads from `policy.json`. */
export interface SettingsPolicy {
  readonly task: 'retention' | 'check';
  readonly boundary: string;
  /** Rows newer than the package that decide on these models; none if the package's facts decide alone. */
  readonly facts?: readonly FactLayer[];
  /** The facts release of the deployment; none if it has none. */
  readonly release?: FactsRelease;
  /** Whether the function sets the retention mode, or only reads it because another party sets it. */
  readonly mode: 'manage' | 'verify';
  /** Every Region that may process or retain a request. */
  readonly regions: readonly string[];
  /** Where model invocation logging may write, in one Region; nowhere if left out. */
  readonly logging?: DeclaredLogging;
  /** The destinations that are called, each with every Region in which, by the facts, a request may be processed. */
  readonly destinations: readonly SettingsDestination[];
}

/** The declared destination for the log of prompts and answers of workspaces. */
export interface DeclaredLogging {
  readonly region: string;
  readonly bucket?: string;
  readonly logGroup?: string;
}

export interface SettingsDestination {
  readonly id: string;
  /** The foundation model that answers; none in a policy of an earlier version, or of the task `retention`, which asks for none. */
  readonly modelId?: string;
  /** The dates of the model's life, according to the facts at synthesis; none if the facts announce none. */
  readonly life?: { readonly legacyFrom: string | null; readonly endsAt: string | null };
  readonly sourceRegion: string;
  readonly throughProfile: boolean;
  readonly regions: readonly string[];
}
