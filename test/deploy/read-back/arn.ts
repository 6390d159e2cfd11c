import type { Deployed } from '../harness/deployed';
import { ACCOUNT } from '../harness/emulator';

/** The ARN of the only key under a construct. */
export function arnOfKey(deployed: Deployed, under: string): string {
  return `arn:aws:kms:eu-central-1:${ACCOUNT}:key/${deployed.one('AWS::KMS::Key', under).physicalId}`;
}
