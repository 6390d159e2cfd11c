import type { Deployed } from '../harness/deployed';
import { ACCOUNT } from '../harness/emulator';
import { regionOf } from '../harness/region';

/** The ARN of the only key under a construct. */
export function arnOfKey(deployed: Deployed, under: string): string {
  const { region, physicalId } = deployed.one('AWS::KMS::Key', under);
  return `arn:${regionOf(region).partition}:kms:${region}:${ACCOUNT}:key/${physicalId}`;
}
