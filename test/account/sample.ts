import { sampleText } from '../deploy/harness/sample';

/** The recovery Region of the step `recovery`. */
export const RECOVERY = 'eu-west-1';

/**
 * The configuration that is deployed: the sample without recipients of alarms, so that a test sends no e-mail, with a model that needs
 * no further Region.
 */
export function sample({ recovery = false } = {}): string {
  const text = sampleText()
    .replace('alerts: [security@example.eu]', 'alerts: { none: the test of an account }')
    .replace('      - bedrock: eu.anthropic.claude-sonnet-5\n', '');
  return recovery ? text.replace('primary: eu-central-1', `primary: eu-central-1\n  recovery: ${RECOVERY}`) : text;
}
