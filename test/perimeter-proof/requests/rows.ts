import path from 'node:path';
import { type ProofSet, SETS } from '../sets';
import type { FoundRequest } from './find';
import type { RealRequest } from './real';

/** The file that has the found requests. `npm run test:proof -- --write` writes it. */
export const ROWS = path.join(__dirname, '../../iam/perimeter/found-rows.json');

/** A found request, as it is stored. */
export interface FoundRow extends RealRequest {
  /** The name of the set of documents that denies it. */
  readonly set: string;
  /** What denies it. */
  readonly layer: 'organization' | 'permissions-boundary';
  /** The changes of the documents after which it is allowed; of an allowance, those after which it is denied. */
  readonly after: readonly string[];
}

/** The sets whose changes are searched. Together they have every statement, in both partitions, with and without an egress. */
export const SEARCHED: readonly ProofSet[] = SETS.filter(
  ({ scope }) => scope.requiresBoundary && scope.hasEgress === (scope.partition === 'aws'),
);

/** Found requests as rows: one row for each request, with all changes for which it was found. */
export function rowsOf(set: ProofSet, found: readonly FoundRequest[]): FoundRow[] {
  const rows = new Map<string, FoundRow>();
  for (const { mutation, action, resource, context } of found) {
    const layer = mutation.document.kind === 'permissions-boundary' ? mutation.document.kind : 'organization';
    const key = JSON.stringify([layer, action, resource, context]);
    const after = [...(rows.get(key)?.after ?? []), mutation.name];
    rows.set(key, { set: set.name, layer, action, resource, context, after });
  }
  return [...rows.values()];
}

const NO_PROFILE = "AWS's service reference gives the action no resource that is a profile";
const NOT_LISTED = "AWS's service reference doesn't list the action yet";
const TWO_LOCKS = 'AWS gives the action Multi-Region Access Points only, which another statement denies';
const ANY_SERVICE = "AWS's service reference gives the action ARNs of any service, which the evaluator doesn't accept";

/** Changes for which no request of AWS's own actions and resources is found, each with its reason; the theorems still need all but these. */
export const WITHOUT_REQUEST: Readonly<Record<string, string>> = {
  'BedrockProfilesOutside: without bedrock:CountTokens': NO_PROFILE,
  'BedrockProfilesOutside: without bedrock:CreateModelCustomizationJob': NO_PROFILE,
  'BedrockProfilesOutside: without bedrock:CreateModelInvocationJob': NO_PROFILE,
  'BedrockProfilesOutside: without bedrock:CreateProvisionedModelThroughput': NO_PROFILE,
  'BedrockProfilesOutside: without bedrock:DetectGeneratedContent': NO_PROFILE,
  'BedrockProfilesOutside: without bedrock:UpdateProvisionedModelThroughput': NO_PROFILE,
  'BedrockSettings: without bedrock:Delete*DataRetentionStorage': NOT_LISTED,
  'BedrockSettings: without bedrock:PutTrustedAccessProgram*': NOT_LISTED,
  'BedrockSettings: without bedrock:StartTrustedAccessProgram*': NOT_LISTED,
  'ContentAtEdge: without s3:CreateMulti*': TWO_LOCKS,
  'ContentAtEdge: without s3:PutMulti*': TWO_LOCKS,
  'ContentAtEdge: without s3:SubmitMulti*': TWO_LOCKS,
  'DeployersOnly: without backup:StartCopyJob': ANY_SERVICE,
};
