import type { DeclaredLogging } from '../../contract/policies/settings-policy';
import type { InvocationLogging } from './control-plane';
import { printable } from './printable';

/** Whether invocation logging in a Region writes only to the declared places. */
export function isDeclared(
  region: string,
  { buckets, logGroup }: InvocationLogging,
  declared?: DeclaredLogging,
): boolean {
  return (
    declared?.region === region &&
    buckets.every((bucket) => bucket === declared.bucket) &&
    (logGroup === undefined || logGroup === declared.logGroup) &&
    (buckets.length > 0 || logGroup !== undefined)
  );
}

/** The message about invocation logging to other places. It is never turned off here, because its owner may rely on it. */
export function loggingText(region: string, found: InvocationLogging, declared?: DeclaredLogging): string {
  const { bucket, logGroup } = declared?.region === region ? declared : {};
  const permitted = placesText(bucket === undefined ? [] : [bucket], logGroup);
  return (
    `model invocation logging is on in ${region}, so every prompt and answer of the account there is written to ` +
    `${placesText(found.buckets, found.logGroup) || 'a place that it names'}; ask its owner to turn it off (Bedrock's settings in the ` +
    `console, or 'aws bedrock delete-model-invocation-logging-configuration --region ${region}'), ` +
    `${permitted === '' ? '' : `or to use only what 'bedrock.invocationLogging' declares (${permitted}), `}or choose destinations that don't ` +
    `reach ${region}`
  );
}

function placesText(buckets: readonly string[], logGroup: string | undefined): string {
  const places = buckets.map((bucket) => `bucket '${printable(bucket)}'`);
  return [...places, ...(logGroup === undefined ? [] : [`log group '${printable(logGroup)}'`])].join(' and ');
}
