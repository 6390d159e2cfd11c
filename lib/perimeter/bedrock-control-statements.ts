import type { Destination } from '../boundary/destination';
import { profileArn } from './bedrock-statements';
import type { PolicyScope, Statement } from './statement';

/** Whose Bedrock settings are read, and where. */
export interface BedrockControlScope extends PolicyScope {
  readonly regions: readonly string[];
}

const READ = ['bedrock:GetAccountDataRetention', 'bedrock:GetModelInvocationLoggingConfiguration'];
const SET = ['bedrock:PutAccountDataRetention'];

/** What a role must be allowed to set the retention mode in these Regions, or only to read it, and no other. */
export function retentionStatements(scope: BedrockControlScope & { readonly mode: 'manage' | 'verify' }): Statement[] {
  return [settings('Settings', scope.mode === 'manage' ? [...READ, ...SET] : READ, scope.regions)];
}

/** What a role must be allowed to read the settings in these Regions, and where these destinations lead. */
export function checkStatements(
  scope: BedrockControlScope & { readonly destinations: readonly Destination[] },
): Statement[] {
  const profiles = scope.destinations.filter(({ throughProfile }) => throughProfile);
  const arns = [...new Set(profiles.map((profile) => profileArn(scope, profile)))];
  return [
    settings('Settings', READ, scope.regions),
    ...(arns.length === 0
      ? []
      : [{ Sid: 'Profiles', Effect: 'Allow' as const, Action: ['bedrock:GetInferenceProfile'], Resource: arns }]),
  ];
}

/** A setting of an account is no resource that could be named, so the Regions have to confine the right. */
const settings = (Sid: string, Action: string[], regions: readonly string[]): Statement => ({
  Sid,
  Effect: 'Allow',
  Action,
  Resource: ['*'],
  Condition: { StringEquals: { 'aws:RequestedRegion': [...regions] } },
});
