/** The only principals that read and change the secret of a provider, as ARNs or functions of a template. */
export interface SecretPrincipals {
  readonly reader: unknown;
  readonly writer: unknown;
  readonly deployer: unknown;
}

/**
 * The statements of the policy of a provider's secret. IAM policies of the account could allow others. Without an allowing statement here,
 * each role needs its own permission too.
 */
export function secretStatements({ reader, writer, deployer }: SecretPrincipals): Record<string, unknown>[] {
  const deny = (Sid: string, Action: string[], except?: unknown) => ({
    Sid,
    Effect: 'Deny',
    Principal: '*',
    Action,
    Resource: '*',
    ...(except !== undefined && { Condition: { ArnNotEquals: { 'aws:PrincipalArn': except } } }),
  });
  return [
    deny('OnlyTheFunctionReads', ['secretsmanager:GetSecretValue'], reader),
    deny('OnlyTheWriterSets', ['secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'], writer),
    // The first can set a value, and choose another key; the others would end this policy. If that role is lost, no one is locked out for
    // good: to delete a secret isn't denied, and a provider's key can be made again.
    deny(
      'OnlyTheDeploymentUpdates',
      ['secretsmanager:UpdateSecret', 'secretsmanager:PutResourcePolicy', 'secretsmanager:DeleteResourcePolicy'],
      deployer,
    ),
    deny('StaysInItsRegion', ['secretsmanager:ReplicateSecretToRegions']),
    deny('IsNotRotatedByOthers', ['secretsmanager:RotateSecret']),
  ];
}
