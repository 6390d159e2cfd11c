import type { PerimeterScope } from '@/lib/perimeter/organization/scope';
import { all, not } from '../encoding/formula';
import { actionIn, keyIs } from '../encoding/variables';
import {
  aclChanges,
  aclRequests,
  bucketGrants,
  grants,
  handedOver,
  invokers,
  openedCopies,
  SETUP_GRANTS,
  sharedCopies,
  shares,
  urlChanges,
} from './grants';
import { isNoDeployer, isNoManager, type Theorem, theorem } from './theorem';

const toOthers = (scope: PerimeterScope) => not(keyIs('aws:ResourceOrgID', scope.organization));

export const SHARING_THEOREMS: readonly Theorem[] = [
  theorem('no image, snapshot, layer, document or data share is shared', 'scp', () => actionIn(sharedCopies())),
  theorem(
    'only the roles that deploy and manage lift a block of public access to S3, or change the policy of a bucket',
    'scp',
    (scope) => all(actionIn(bucketGrants()), isNoManager(scope)),
  ),
  theorem('only the roles that deploy lift a block of public access to images and snapshots', 'scp', (scope) =>
    all(actionIn(openedCopies()), isNoDeployer(scope)),
  ),
  theorem('only the roles that deploy and manage change an access control list', 'scp', (scope) =>
    all(actionIn(aclChanges()), isNoManager(scope)),
  ),
  theorem(
    'only the roles that deploy let others use a resource of the services that the documents name, unless an RCP protects it',
    'scp',
    (scope) => all(actionIn(grants()), isNoDeployer(scope)),
  ),
  theorem('only the roles that deploy and manage let others use functions, topics and trails', 'scp', (scope) =>
    all(actionIn(SETUP_GRANTS), isNoManager(scope)),
  ),
  theorem('no function has a public URL', 'scp', () =>
    all(actionIn(urlChanges()), keyIs('lambda:FunctionUrlAuthType', 'NONE')),
  ),
  theorem('no object or bucket gets a canned public access control list', 'scp', () =>
    all(actionIn(aclRequests()), keyIs('s3:x-amz-acl', 'authenticated-read', 'public-read', 'public-read-write')),
  ),
  theorem('no function lets everybody invoke it', 'scp', () =>
    all(actionIn(invokers()), keyIs('lambda:Principal', '*')),
  ),
  theorem('no resource share accepts accounts outside the organization', 'scp', () =>
    all(actionIn(shares()), keyIs('ram:RequestedAllowsExternalPrincipals', 'true')),
  ),
  theorem('no content is handed in a listed way to a resource of another organization, or of none', 'scp', (scope) =>
    all(actionIn(handedOver()), toOthers(scope)),
  ),
  theorem('no role of another organization, or of none, is assumed', 'scp', (scope) =>
    all(actionIn(['sts:AssumeRole']), toOthers(scope)),
  ),
];
