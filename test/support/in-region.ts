import { App, Stack } from 'aws-cdk-lib/core';
import { WITHOUT_TRACES } from './feature-flags';

/** An app without feature flags. */
export const plainApp = (): App => new App({ context: WITHOUT_TRACES });

/** A stack for a test, in a Region or without one. */
export function stackIn(region: string | undefined, id = 'Chat', app = plainApp()): Stack {
  return new Stack(app, id, region === undefined ? {} : { env: { account: '111122223333', region } });
}

/** Refused places that look plausible, with their form in messages. */
export const REFUSED_REGIONS: [string, string | undefined, string][] = [
  ['London', 'eu-west-2', "'eu-west-2'"],
  ['Zurich', 'eu-central-2', "'eu-central-2'"],
  ['Virginia', 'us-east-1', "'us-east-1'"],
  ['a misspelled Region', 'eu-central1', "'eu-central1'"],
  ['no Region', undefined, 'a Region that is unknown until deployment'],
];
