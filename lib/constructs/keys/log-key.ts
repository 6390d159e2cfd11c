import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { ResidencyKey } from './residency-key';

/** Creates the key of a construct's log groups. */
export function newLogKey(scope: Construct, boundary: ResidencyBoundary): kms.IKey {
  const key = new ResidencyKey(scope, 'LogKey', { boundary, description: `Logs of ${scope.node.path}` });
  key.allowLogGroups();
  return key.key;
}
