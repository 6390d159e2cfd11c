import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Projects, type ProjectsProps } from '../constructs/tenants/projects';

/** Construction properties for a ProjectsStack. */
export interface ProjectsStackProps extends StackProps, ProjectsProps {}

/** All projects of a deployment. */
export class ProjectsStack extends Stack {
  /** The projects. */
  public readonly projects: Projects;

  constructor(scope: Construct, id: string, props: ProjectsStackProps) {
    super(scope, id, props);
    this.projects = new Projects(this, 'Projects', props);
    new CfnOutput(this, 'BaseUrl', {
      description: 'What clients of OpenAI set as their base URL',
      value: this.projects.gateway.baseUrl,
    });
    const { table, managerRole, usageRole } = this.projects.keyRegistry;
    new CfnOutput(this, 'KeysTable', { description: 'The table of API keys, as hashes', value: table.tableName });
    new CfnOutput(this, 'KeysRole', {
      description: "The role that 'eu-residency keys' takes on, if you may",
      value: managerRole.roleArn,
    });
    new CfnOutput(this, 'UsageTable', { description: 'The table of what was used', value: table.tableName });
    new CfnOutput(this, 'UsageRole', {
      description: "The role that 'eu-residency usage' takes on, if you may",
      value: usageRole.roleArn,
    });
    const { openProjectsUrl, openProjectsRole } = this.projects;
    if (openProjectsUrl === undefined || openProjectsRole === undefined) return;
    new CfnOutput(this, 'OpenProjectsUrl', { description: 'The API of open projects', value: openProjectsUrl });
    new CfnOutput(this, 'OpenProjectsRole', {
      description: "The role that 'eu-residency projects' takes on, if you may",
      value: openProjectsRole.roleArn,
    });
  }
}
