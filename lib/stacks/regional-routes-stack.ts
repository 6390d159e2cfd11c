import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { RegionalRoutes, type RegionalRoutesProps } from '../constructs/foundation/regional-routes';

/** Construction properties for a RegionalRoutesStack. */
export interface RegionalRoutesStackProps extends StackProps, RegionalRoutesProps {}

/** The foundation's side of all regional endpoints, in the foundation's Region; one per deployment. */
export class RegionalRoutesStack extends Stack {
  constructor(scope: Construct, id: string, props: RegionalRoutesStackProps) {
    super(scope, id, props);
    new RegionalRoutes(this, 'Routes', props);
  }
}
