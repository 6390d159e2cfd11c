/** A change of a statement after which every request has the same verdict, and why. */
export interface Equivalent {
  readonly change: RegExp;
  readonly reason: string;
}

/** Changes that no request can show. */
export const EQUIVALENT: readonly Equivalent[] = [
  {
    change: /^BedrockSettings: without bedrock:(Delete\*DataRetentionStorage|(Put|Start)TrustedAccessProgram\*)$/,
    reason:
      "AWS's service reference has no such action yet, so no request can be evaluated; the actions are new in the SDK",
  },
  {
    change: /^ContentAtEdge: without s3:\w+Multi\*$/,
    reason: 'MultiRegionAccessPoints denies every action of S3 on the only kind of resource that it has',
  },
  {
    change: /^ConfusedDeputy: without Bool aws:PrincipalIsAWSService$/,
    reason: 'only calls that a service makes by itself have aws:SourceAccount, which the statement also asks for',
  },
];
