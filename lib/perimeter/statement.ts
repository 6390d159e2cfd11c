/** One statement of an IAM policy, as IAM reads it. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Principal?: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A policy document, as IAM reads it. */
export interface Policy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

/** Where and for whom a policy speaks. */
export interface PolicyScope {
  readonly partition: string;
  /** Account id; may be a placeholder that CloudFormation fills in. */
  readonly account: string;
}

/** The policy of an endpoint: the statements, for principals of the account only. */
export function endpointPolicy(account: string, statements: readonly Statement[]): Policy {
  return {
    Version: '2012-10-17',
    // An endpoint without a policy allows everything, and a policy needs a statement, so nothing to allow is a refusal.
    Statement: statements.length === 0 ? [NOTHING] : statements.map((statement) => forAccount(account, statement)),
  };
}

const NOTHING: Statement = { Sid: 'Nothing', Effect: 'Deny', Principal: '*', Action: ['*'], Resource: ['*'] };

function forAccount(account: string, statement: Statement): Statement {
  const { StringEquals = {}, ...others } = statement.Condition ?? {};
  return {
    ...statement,
    Principal: '*',
    Condition: { ...others, StringEquals: { ...StringEquals, 'aws:PrincipalAccount': account } },
  };
}
