import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Workspace } from '../constructs/tenants/workspace';
import type { WorkspaceProps } from '../constructs/tenants/workspace-props';
import { showToProvider } from './member-pool-stack';

/** Construction properties for a WorkspaceStack. */
export interface WorkspaceStackProps extends StackProps, WorkspaceProps {}

/** One workspace. */
export class WorkspaceStack extends Stack {
  /** The workspace. */
  public readonly workspace: Workspace;

  constructor(scope: Construct, id: string, props: WorkspaceStackProps) {
    super(scope, id, props);
    this.workspace = new Workspace(this, 'Workspace', props);
    new CfnOutput(this, 'BaseUrl', {
      description: 'What clients of OpenAI set as their base URL',
      value: this.workspace.gateway.baseUrl,
    });
    const { members, rights, usage } = this.workspace;
    const { pool, clientId } = members;
    const outputs: [string, string, string][] = [
      ['UserPool', 'The user pool of its members', pool.userPool.userPoolId],
      ['ClientId', 'The client that pages sign in with, by a code with PKCE and without a secret', clientId],
      ['Issuer', 'The issuer of the tokens that its API takes', pool.issuer],
      ['UsageTable', 'The table of what was used, without content', usage.table.tableName],
      ['UsageRole', "The role that 'eu-residency usage' takes on, if you may", usage.readerRole.roleArn],
      [
        'OperatorFunction',
        "The function that 'eu-residency rights operator-confirm' runs, if you may",
        rights.operatorHandler.functionName,
      ],
      ['SignInUrl', 'What is before /oauth2/authorize and /oauth2/token', pool.signInUrl],
    ];
    const { _scim: scim } = this.workspace;
    if (scim !== undefined) {
      outputs.push(
        ['ScimUrl', 'The address that an identity system calls by SCIM', scim.url],
        ['ScimTokensTable', 'The table of SCIM tokens, as hashes', scim.tokensTable],
        ['ScimTokensRole', "The role that 'eu-residency scim' takes on, if you may", scim.managerRoleArn],
      );
    }
    // A shared pool has these outputs once, in its own stack.
    if (Stack.of(pool) === this) showToProvider(this, pool);
    for (const [id, description, value] of outputs) new CfnOutput(this, id, { description, value });
  }
}
