import { ROLE_CHANGES } from './identity-policy';
import { DEPLOYMENT_TAG, notDeploying, notManaging } from './principals';
import type { PerimeterScope } from './scope';
import { deny, type Topic } from './statement';

/** The stack of the hook, by the name that docs/HOOK.md gives it; a StackSet puts a text before it. */
const HOOK_STACK = 'residency-hook';

/** What changes the code of a function, its settings, or who may invoke it. Another statement is about `lambda:AddPermission`. */
const FUNCTION_CHANGES = [
  'lambda:CreateFunctionUrlConfig',
  'lambda:Delete*',
  'lambda:Put*',
  'lambda:RemovePermission',
  'lambda:Update*',
];

/**
 * Changes that make alarms, evidence, keys or functions of a deployment worthless. Other statements deny those of trails and subscriptions
 * whatever the resource is, but not to the roles of tools. Buckets are missing: their tags decide nothing unless the owner enables that.
 */
const TAGGED_CHANGES = [
  'cloudtrail:DeleteTrail',
  'cloudtrail:Put*',
  'cloudtrail:StopLogging',
  'cloudtrail:UpdateTrail',
  'cloudwatch:DeleteAlarm*',
  'cloudwatch:DisableAlarmActions',
  'cloudwatch:Put*Alarm*',
  'cloudwatch:SetAlarmState',
  'events:DeleteRule',
  'events:DisableRule',
  'events:PutRule',
  'events:PutTargets',
  'events:RemoveTargets',
  'kms:*Alias',
  'kms:CreateGrant',
  'kms:DisableKey*',
  'kms:PutKeyPolicy',
  'kms:ReplicateKey',
  'kms:RevokeGrant',
  'kms:ScheduleKeyDeletion',
  'kms:UpdatePrimaryRegion',
  'lambda:AddPermission',
  ...FUNCTION_CHANGES,
  'logs:*KmsKey',
  'logs:Delete*',
  // Not logs:PutLogEvents: services write to such a log group by roles of their own, as API Gateway does.
  'logs:Put*Filter',
  'logs:Put*Policy',
  'logs:PutBearer*',
  'logs:PutLogGroup*',
  'logs:PutSyslog*',
  'logs:PutTransformer',
  'network-firewall:Associate*',
  'network-firewall:Delete*',
  'network-firewall:Disassociate*',
  'network-firewall:Put*',
  'network-firewall:Update*',
  'sns:RemovePermission',
  'sns:DeleteTopic',
  'sns:PutDataProtectionPolicy',
  'sns:Set*Attributes',
  'sns:Subscribe',
  'sns:Unsubscribe',
  'states:DeleteStateMachine',
  'states:UpdateStateMachine',
];

/** Denies changes of what deployments, the hook and the trail consist of, but by the roles that deploy. */
export function deployedTopic(scope: PerimeterScope): Topic {
  const deployed = notDeploying(scope);
  const managed = notManaging(scope);
  const isTagged = { Null: { [`aws:ResourceTag/${DEPLOYMENT_TAG}`]: 'false' } };
  return {
    refuses: 'changes of trails, hooks and what deployments have made, but by the roles that deploy',
    statements: [
      deny('TrailsAndHooks', {
        Action: [
          'cloudformation:*ctivateType',
          'cloudformation:*egisterType',
          'cloudformation:SetType*',
          'cloudtrail:DeleteTrail',
          'cloudtrail:Put*',
          'cloudtrail:StopLogging',
          'cloudtrail:UpdateTrail',
          // As for the policies of buckets, no tag decides.
          's3:PutBucketObjectLockConfiguration',
          's3:PutLifecycleConfiguration',
        ],
        Condition: managed,
      }),
      // The hook's stack has no tag of a deployment. CloudFormation begins the function's name with that of the stack.
      deny('HookFunctions', {
        Action: FUNCTION_CHANGES,
        Resource: [`arn:${scope.partition}:lambda:*:*:function:*${HOOK_STACK}*`],
        Condition: managed,
      }),
      deny('DeployedRoles', { Action: ROLE_CHANGES, Condition: { ...deployed, ...isTagged } }),
      // A deployment's own roles schedule the deletion of the keys of erased members.
      deny('DeployedResources', {
        Action: TAGGED_CHANGES,
        Condition: {
          ...deployed,
          Null: { ...isTagged.Null, [`aws:PrincipalTag/${DEPLOYMENT_TAG}`]: 'true' },
        },
      }),
      // IAM compares the keys of its tags without case.
      deny('DeploymentTag', {
        Action: ['*'],
        Condition: { ...deployed, 'ForAnyValue:StringEqualsIgnoreCase': { 'aws:TagKeys': [DEPLOYMENT_TAG] } },
      }),
    ],
  };
}
