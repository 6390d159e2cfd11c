import * as kms from 'aws-cdk-lib/aws-kms';
import { type IResource, Resource, Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { decideArn } from '../../boundary/arn';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { decideRegion, where } from '../../boundary/region';

/**
 * The Region that a construct's stack is deployed to, which must be known at synthesis and inside.
 *
 * @param why what the construct does there, as a clause: `it stores personal data`
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
 * The Region of what was given from elsewhere by its ARN, which must be inside.
 *
 * @param prop the prop that gave it, as the user wrote it
 * @param resource what the ARN belongs to, for an ARN that is known only after deployment: an owned resource is where its stack is
 */
export function requireArnInside(
  scope: Construct,
  boundary: ResidencyBoundary,
  prop: string,
  arn: string,
  resource?: IResource,
): string {
  const written = arn.split(':')[3];
  const region = written && !Token.isUnresolved(written) ? written : ownRegion(resource);
  if (region === undefined) {
    const what = Token.isUnresolved(arn)
      ? 'an ARN that is unknown until deployment'
      : `'${arn}', which names no Region`;
    throw new Error(
      `${scope.node.path}: '${prop}' must be inside ${boundary.label}, got ${what}; pass the resource itself, or import ` +
        'it by an ARN in which the Region is written out',
    );
  }
  const decision = Token.isUnresolved(arn) ? decideRegion(boundary, region) : decideArn(boundary, arn);
  if (!decision.inside) {
    throw new Error(
      `${scope.node.path}: '${prop}' must be inside ${boundary.label}, got ${Token.isUnresolved(arn) ? `one in '${region}'` : `'${arn}'`} ` +
        `in ${where(region)}; give one in ${choices(boundary)}`,
    );
  }
  return region;
}

/**
 * A given key's Region, which must be inside and the stack's own: KMS serves a key only in its Region. Nor may it be a
 * multi-Region key, whose replicas decrypt the same content wherever somebody makes one.
 */
export function requireKeyInside(scope: Construct, boundary: ResidencyBoundary, prop: string, key: kms.IKey): void {
  if (isMultiRegion(key)) {
    throw new Error(
      `${scope.node.path}: '${prop}' must be a single-Region key because a replica of a multi-Region key can be made outside ` +
        `${boundary.label}, and decrypts there what this one encrypted, got a multi-Region key at ${key.node.path}; give a ` +
        "key without 'multiRegion', such as that of a ResidencyKey",
    );
  }
  const region = requireArnInside(scope, boundary, prop, key.keyArn, key);
  const own = Stack.of(scope).region;
  if (region !== own) {
    throw new Error(
      `${scope.node.path}: '${prop}' must be in ${own}, the Region of its stack, because a key serves only its own Region, ` +
        `got one in '${region}'; give a key of ${own}`,
    );
  }
}

/** KMS begins the ids of multi-Region keys, and of no others, with `mrk-`. */
function isMultiRegion(key: kms.IKey): boolean {
  if (/:key\/mrk-/.test(key.keyArn)) return true;
  const made = [key.node.defaultChild, key.node.scope].find((node) => node instanceof kms.CfnKey);
  return made !== undefined && (made.multiRegion ?? false) !== false;
}

/** A given bucket's Region, which must be said, since a bucket's ARN has none, and must be inside. */
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
        `Bucket.fromBucketAttributes({ bucketArn, region }), its region being ${choices(boundary)}`,
    );
  }
  return region;
}

/**
 * What keeps a second copy, whose Region must be inside whatever its own boundary is, and not that of the first, with which it
 * would be lost.
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
      `${Token.isUnresolved(region) ? 'a Region that is unknown until deployment' : `'${region}'`}; give one in ${choices(boundary, own)}`,
  );
}

function ownRegion(resource: IResource | undefined): string | undefined {
  const region = resource?.env.region;
  return region === undefined || region === '' || Token.isUnresolved(region) ? undefined : region;
}

/**
 * The Region an import was given. `env.region` would not do: CDK fills it with the importing stack's Region when nobody
 * said one. Should a later CDK rename the field, imports are refused, never admitted.
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
