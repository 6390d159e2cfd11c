import { App, Stack } from 'aws-cdk-lib/core';

/** A stack of a test, in a Region or without one. */
export function stackIn(region: string | undefined, id = 'Chat', app = new App()): Stack {
  return new Stack(app, id, region === undefined ? {} : { env: { account: '111122223333', region } });
}

/** Places that look right and aren't, with how a message shows them. */
export const REFUSED_REGIONS: [string, string | undefined, string][] = [
  ['London', 'eu-west-2', "'eu-west-2'"],
  ['Zurich', 'eu-central-2', "'eu-central-2'"],
  ['Virginia', 'us-east-1', "'us-east-1'"],
  ['a misspelled Region', 'eu-central1', "'eu-central1'"],
  ['no Region', undefined, 'a Region that is unknown until deployment'],
];
