import * as kms from 'aws-cdk-lib/aws-kms';
import { type IResource, Resource, Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { decideArn } from '../../boundary/arn';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { decideRegion, where } from '../../boundary/region';

/**
 * The Region of a construct's stack, which must be known at synthesis and inside the boundary.
 *
 * @param why what the construct does there, as a clause, such as `it stores personal data`
 * @throws if it is unknown or outside the boundary
 */
export function requireInside(scope: Construct, boundary: ResidencyBoundary, why: string): string {
  const { region } = Stack.of(scope);
  if (Token.isUnresolved(region) || !boundary.containsRegion(region)) {
    throw new Error(
      `${scope.node.path} must be deployed inside ${boundary.label} because ${why}, got ` +
        `${Token.isUnresolved(region) ? 'a Region that is unknown until deployment' : `'${region}'`}; ` +
        `set 'env.region' of its stack to ${choices(boundary)}`,
    );
  }
  return region;
}

/**
 * The Region of a resource passed by its ARN, which must be inside the boundary.
 *
 * @param prop the prop that holds it, in the user's words
 * @param resource the resource of the ARN, for an ARN that is known only after deployment: an owned resource is in its
 *   stack's Region
 * @throws if it is unknown or outside the boundary
 */
export function requireArnInside(
  scope: Construct,
  boundary: ResidencyBoundary,
  prop: string,
  arn: string,
  resource?: IResource,
): string {
  const literal = arn.split(':')[3];
  const region = literal && !Token.isUnresolved(literal) ? literal : ownRegion(resource);
  if (region === undefined) {
    const what = Token.isUnresolved(arn) ? 'an ARN that is unknown until deployment' : `'${arn}', which has no Region`;
    throw new Error(
      `${scope.node.path}: '${prop}' must be inside ${boundary.label}, got ${what}; pass the resource itself, or import ` +
        'it by an ARN that contains its Region',
    );
  }
  const decision = Token.isUnresolved(arn) ? decideRegion(boundary, region) : decideArn(boundary, arn);
  if (!decision.inside) {
    throw new Error(
      `${scope.node.path}: '${prop}' must be inside ${boundary.label}, got ${Token.isUnresolved(arn) ? `one in '${region}'` : `'${arn}'`} ` +
        `in ${where(region)}; pass a resource in ${choices(boundary)}`,
    );
  }
  return region;
}

/**
 * Checks that a key is inside the boundary and in the stack's own Region, because KMS serves a key only in its Region.
 * It must not be a multi-Region key, whose replicas decrypt the same content in any Region.
 *
 * @throws otherwise
 */
export function requireKeyInside(scope: Construct, boundary: ResidencyBoundary, prop: string, key: kms.IKey): void {
  if (isMultiRegion(key)) {
    throw new Error(
      `${scope.node.path}: '${prop}' must be a single-Region key because a replica of a multi-Region key can be created outside ` +
        `${boundary.label} and decrypts the same content there, got a multi-Region key at ${key.node.path}; pass a key without ` +
        "'multiRegion', such as a ResidencyKey's",
    );
  }
  const region = requireArnInside(scope, boundary, prop, key.keyArn, key);
  const own = Stack.of(scope).region;
  if (region !== own) {
    throw new Error(
      `${scope.node.path}: '${prop}' must be in ${own}, the Region of its stack, because a key serves only its own Region, ` +
        `got a key in '${region}'; pass a key in ${own}`,
    );
  }
}

/**
 * Checks that a key that functions in the VPC call directly belongs to the stack's own account: the endpoint of KMS
 * admits no other keys, and KMS's events about another account's key aren't seen here.
 *
 * @throws if both accounts are known at synthesis and differ
 */
export function requireOwnAccount(scope: Construct, prop: string, key: kms.IKey): void {
  const { account } = Stack.of(scope);
  const found = key.env.account;
  if (Token.isUnresolved(account) || Token.isUnresolved(found) || account === found) return;
  throw new Error(
    `${scope.node.path}: '${prop}' must be in account ${account}, that of its stack, because the network's endpoint of KMS admits only ` +
      `that account's keys, got a key in account ${found}; pass a key of ${account}`,
  );
}

/** The IDs of multi-Region keys begin with `mrk-`, and no others do. */
function isMultiRegion(key: kms.IKey): boolean {
  if (/:key\/mrk-/.test(key.keyArn)) return true;
  const defined = [key.node.defaultChild, key.node.scope].find((node) => node instanceof kms.CfnKey);
  return defined !== undefined && (defined.multiRegion ?? false) !== false;
}

/**
 * The Region of an existing bucket, which must be inside the boundary. An import must declare it, because a bucket's
 * ARN has none.
 *
 * @throws if it is unknown or outside the boundary
 */
export function requireBucketInside(
  scope: Construct,
  boundary: ResidencyBoundary,
  prop: string,
  bucket: IResource,
): string {
  const region = Resource.isOwnedResource(bucket) ? ownRegion(bucket) : declaredRegion(bucket);
  if (region === undefined || !boundary.containsRegion(region)) {
    throw new Error(
      `${scope.node.path}: '${prop}' must be inside ${boundary.label}, got a bucket ` +
        `${region === undefined ? 'whose Region is unknown' : `in '${region}'`}; import it with ` +
        `Bucket.fromBucketAttributes({ bucketArn, region }), with a region that is ${choices(boundary)}`,
    );
  }
  return region;
}

/**
 * Checks the Region of a replica. It must be inside this boundary, whatever the replica's own boundary is, and must
 * differ from the Region of the original, with which the replica would be lost.
 *
 * @throws otherwise
 */
export function requireReplicaInside(
  scope: Construct,
  boundary: ResidencyBoundary,
  prop: string,
  replica: Construct,
): void {
  const own = Stack.of(scope).region;
  const { region } = Stack.of(replica);
  if (boundary.containsRegion(region) && region !== own) return;
  throw new Error(
    `${scope.node.path}: '${prop}' must be inside ${boundary.label} and in another Region than ${own}, got ${replica.node.path} in ` +
      `${Token.isUnresolved(region) ? 'a Region that is unknown until deployment' : `'${region}'`}; pass a replica in ${choices(boundary, own)}`,
  );
}

function ownRegion(resource: IResource | undefined): string | undefined {
  const region = resource?.env.region;
  return region === undefined || region === '' || Token.isUnresolved(region) ? undefined : region;
}

/**
 * The Region that an import declares. `env.region` isn't suitable: without a declaration, CDK fills it with the
 * importing stack's Region. If a later CDK renames the field, imports are refused, never admitted.
 */
function declaredRegion(resource: IResource): string | undefined {
  const region = (resource as { _customRegion?: string })._customRegion;
  return region === undefined || Token.isUnresolved(region) ? undefined : region;
}

function choices(boundary: ResidencyBoundary, taken?: string): string {
  const codes = boundary.regionCodes().filter((code) => code !== taken);
  const none = `a Region of ${boundary.label} (AWS has ${taken === undefined ? 'none' : 'no other'} there)`;
  return codes.length === 0 ? none : `one of ${codes.join(', ')}`;
}
