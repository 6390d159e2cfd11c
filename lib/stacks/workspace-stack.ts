import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Workspace, type WorkspaceProps } from '../constructs/workspace';

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
  }
}
