import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { PerimeterWatch, type PerimeterWatchProps } from '../constructs/perimeter/perimeter-watch';

/** Construction properties for a PerimeterWatchStack. */
export interface PerimeterWatchStackProps extends StackProps, PerimeterWatchProps {}

/** The reports of calls that loosen the perimeter; one per account. */
export class PerimeterWatchStack extends Stack {
  /** The trail, the function and the rules. */
  public readonly watch: PerimeterWatch;

  constructor(scope: Construct, id: string, props: PerimeterWatchStackProps) {
    super(scope, id, props);
    this.watch = new PerimeterWatch(this, 'Watch', props);
  }
}
