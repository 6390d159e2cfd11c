import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The feature flags of cdk.json, which the CLI passes to the app. With them, a test gets the output of `cdk synth`. */
export const FEATURE_FLAGS: Record<string, unknown> = JSON.parse(
  readFileSync(path.join(__dirname, '../../cdk.json'), 'utf8'),
).context;
