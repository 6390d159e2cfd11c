import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { ScimVariables } from '../../contract/environment';
import { SCIM_MINUTES } from '../../contract/scim-path';
import type { Foundation } from '../foundation/foundation';
import { functionLog } from '../functions/function-log';
import { handlerFunction } from '../functions/handler-function';
import { inIsolatedSubnets } from '../functions/isolated-subnets';
import { toEnvironment } from '../functions/variables';
import { vpcFunctionRole } from '../functions/vpc-function-role';
import { truncated } from '../shared/truncated';
import type { DirectoryTable } from './directory-table';
import { ScimTokensTable } from './scim-tokens-table';

/** Construction properties for a WorkspaceScim. */
export interface WorkspaceScimProps {
  readonly boundary: ResidencyBoundary;
  readonly foundation: Foundation;
  readonly workspaceId: string;
  readonly directory: DirectoryTable;
}

/**
 * The function behind a workspace's SCIM API, in isolated subnets, and the tokens that it accepts. Its role has no
 * permission on content, on tokens of members or on suspensions.
 */
export class WorkspaceScim extends Construct {
  public readonly handler: lambda.Function;

  public readonly tokens: ScimTokensTable;

  constructor(scope: Construct, id: string, { boundary, foundation, workspaceId, directory }: WorkspaceScimProps) {
    super(scope, id);
    this.tokens = new ScimTokensTable(this, 'Tokens');
    const description = truncated(
      `Receives users and groups by SCIM for workspace ${workspaceId}, without access to content`,
    );
    const role = vpcFunctionRole(this, 'Role', description);
    const logGroup = functionLog(this, role, foundation.logKey, logs.RetentionDays.ONE_MONTH);
    this.handler = handlerFunction(this, {
      bundle: 'scim',
      policy: { boundary: boundary.name, workspace: workspaceId },
      description,
      role,
      logGroup,
      environment: toEnvironment({
        DIRECTORY_TABLE_ARN: directory.table.tableArn,
        SCIM_TOKENS_TABLE_ARN: this.tokens.table.tableArn,
      } satisfies ScimVariables),
      // A group of 30,000 members is compared in memory.
      memorySize: 512,
      timeout: Duration.minutes(SCIM_MINUTES),
      ...inIsolatedSubnets(foundation),
    });
    directory.grantProvision(role);
    this.tokens.grantLookUp(role);
  }
}
