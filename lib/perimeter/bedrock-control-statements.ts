import type { Destination } from '../boundary/destination';
import { modelArns, profileArn } from './bedrock-statements';
import type { PolicyScope, Statement } from './statement';

/** The account and Regions whose Bedrock settings are read. */
export interface BedrockControlScope extends PolicyScope {
  readonly regions: readonly string[];
}

const READ = ['bedrock:GetAccountDataRetention', 'bedrock:GetModelInvocationLoggingConfiguration'];
const SET = ['bedrock:PutAccountDataRetention'];

/** The permissions that a role needs to set the retention mode in these Regions, or only to read it, and no others. */
export function retentionStatements(scope: BedrockControlScope & { readonly mode: 'manage' | 'verify' }): Statement[] {
  return [settings('Settings', scope.mode === 'manage' ? [...READ, ...SET] : READ, scope.regions)];
}

/** The permissions that a role needs to read the settings in these Regions, and the routes and lifecycles of these destinations. */
export function checkStatements(
  scope: BedrockControlScope & { readonly destinations: readonly Destination[] },
): Statement[] {
  const profiles = scope.destinations.filter(({ throughProfile }) => throughProfile);
  const models = [...new Set(scope.destinations.flatMap((destination) => modelArns(scope, destination)))].sort();
  const arns = [...new Set(profiles.map((profile) => profileArn(scope, profile)))];
  return [
    settings('Settings', READ, scope.regions),
    ...(arns.length === 0
      ? []
      : [{ Sid: 'Profiles', Effect: 'Allow' as const, Action: ['bedrock:GetInferenceProfile'], Resource: arns }]),
    ...(models.length === 0
      ? []
      : [{ Sid: 'Models', Effect: 'Allow' as const, Action: ['bedrock:GetFoundationModel'], Resource: models }]),
  ];
}

/** An account's setting has no ARN, so a condition on the Regions must limit the permission. */
const settings = (Sid: string, Action: string[], regions: readonly string[]): Statement => ({
  Sid,
  Effect: 'Allow',
  Action,
  Resource: ['*'],
  Condition: { StringEquals: { 'aws:RequestedRegion': [...regions] } },
});
