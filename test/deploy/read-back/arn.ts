import type { Deployed } from '../machine/deployed';
import { ACCOUNT } from '../machine/emulator';

/** The ARN of the one key under a construct. */
export function arnOfKey(deployed: Deployed, under: string): string {
  return `arn:aws:kms:eu-central-1:${ACCOUNT}:key/${deployed.one('AWS::KMS::Key', under).physicalId}`;
}
