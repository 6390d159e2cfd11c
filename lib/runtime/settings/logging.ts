import type { DeclaredLogging } from '../../contract/policies/settings-policy';
import type { InvocationLogging } from './control-plane';
import { shown } from './shown';

/** Whether all that invocation logging writes in a Region goes where the owner declared. */
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

/** What to do about invocation logging that goes elsewhere. It is never turned off here: somebody may rely on it. */
export function loggingText(region: string, found: InvocationLogging, declared?: DeclaredLogging): string {
  const { bucket, logGroup } = declared?.region === region ? declared : {};
  const wanted = placesText(bucket === undefined ? [] : [bucket], logGroup);
  return (
    `model invocation logging is on in ${region}, so every prompt and answer of the account there is written to ` +
    `${placesText(found.buckets, found.logGroup) || 'a place that it names'}; whoever set it must turn it off (Bedrock's settings in the ` +
    `console, or 'aws bedrock delete-model-invocation-logging-configuration --region ${region}'), ` +
    `${wanted === '' ? '' : `or point it at what 'bedrock.invocationLogging' declares (${wanted}), `}or choose destinations that don't ` +
    `reach ${region}`
  );
}

function placesText(buckets: readonly string[], logGroup: string | undefined): string {
  const places = buckets.map((bucket) => `bucket '${shown(bucket)}'`);
  return [...places, ...(logGroup === undefined ? [] : [`log group '${shown(logGroup)}'`])].join(' and ');
}
