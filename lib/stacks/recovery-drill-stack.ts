import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { RecoveryDrill, type RecoveryDrillProps } from '../constructs/tenants/recovery-drill';

/** Construction properties for a RecoveryDrillStack. */
export interface RecoveryDrillStackProps extends StackProps, RecoveryDrillProps {}

/** The drill of one workspace, in the recovery Region. It is deployed after the workspace, whose table has its replica there. */
export class RecoveryDrillStack extends Stack {
  /** The function and the role that may run it. */
  public readonly drill: RecoveryDrill;

  constructor(scope: Construct, id: string, props: RecoveryDrillStackProps) {
    super(scope, id, props);
    this.drill = new RecoveryDrill(this, 'Drill', props);
    const { handler, runnerRole } = this.drill;
    new CfnOutput(this, 'DrillFunction', {
      description: 'The function that reads copies back',
      value: handler.functionName,
    });
    new CfnOutput(this, 'DrillRole', {
      description: "The role that 'eu-residency drill' takes on, if you may",
      value: runnerRole.roleArn,
    });
  }
}
