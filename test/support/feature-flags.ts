import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The feature flags of cdk.json, which the CLI hands to the app: with them a test sees what `cdk synth` writes. */
export const FEATURE_FLAGS: Record<string, unknown> = JSON.parse(
  readFileSync(path.join(__dirname, '../../cdk.json'), 'utf8'),
).context;
