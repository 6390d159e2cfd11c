import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The feature flags of cdk.json, which the CLI passes to the app. With them, a test gets the output of `cdk synth`. */
export const FEATURE_FLAGS: Record<string, unknown> = JSON.parse(
  readFileSync(path.join(__dirname, '../../cdk.json'), 'utf8'),
).context;

/** Spares each resource of a synth the stack trace of its creation, which only reports of the guard show. */
export const WITHOUT_TRACES = { 'aws:cdk:disable-creation-stack-traces': true };
