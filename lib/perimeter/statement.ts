/** One IAM policy statement, in IAM's format. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Principal?: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A policy document, in IAM's format. */
export interface Policy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

/** The partition and account that a policy applies to. */
export interface PolicyScope {
  readonly partition: string;
  /** Account id; may be a placeholder that CloudFormation fills in. */
  readonly account: string;
}

/** An endpoint policy: the statements, for the account's principals only. */
export function endpointPolicy(account: string, statements: readonly Statement[]): Policy {
  return {
    Version: '2012-10-17',
    // An endpoint without a policy allows everything, and a policy needs a statement; so an empty policy becomes a Deny.
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
