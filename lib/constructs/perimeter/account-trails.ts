import { App, CfnStackSet, DefaultStackSynthesizer, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { requireInside } from '../shared/require-inside';
import { WatchTrail } from './watch-trail';

/** Construction properties for AccountTrails. */
export interface AccountTrailsProps {
  /** The places where data may be stored and processed. */
  readonly boundary: ResidencyBoundary;

  /** The IDs of organizational units: a test unit first. */
  readonly organizationalUnits: string[];

  /**
   * The name of the StackSet.
   *
   * @default 'residency-trail'
   */
  readonly stackSetName?: string;

  /**
   * Whether the stack is in the account of a delegated administrator of StackSets, instead of the management account.
   *
   * @default false
   */
  readonly isDelegated?: boolean;
}

/** The largest template that a StackSet accepts in its own definition. */
const MOST_BYTES = 51_200;

/**
 * A trail in every account of organizational units, also of accounts that join later: who changed what in any Region, for 30 days, in the
 * account's own bucket and log group in the Region of this stack. The template needs no file, so every account can read it. Where the
 * perimeter's policies are attached, StackSets can deploy it only if `deployRoles` of the policies lists `stacksets-exec-*`.
 */
export class AccountTrails extends Construct {
  /** @throws if the Region isn't inside the boundary, or an ID isn't that of an organizational unit */
  constructor(scope: Construct, id: string, props: AccountTrailsProps) {
    super(scope, id);
    const { boundary, organizationalUnits, stackSetName = 'residency-trail', isDelegated = false } = props;
    const region = requireInside(this, boundary, 'each account stores there who changed what');
    const wrong = organizationalUnits.find((unit) => !/^ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$/.test(unit));
    if (wrong !== undefined || organizationalUnits.length === 0) {
      throw new Error(
        `${this.node.path}: 'organizationalUnits' must have IDs such as ou-ab12-11111111, got ${wrong === undefined ? 'none' : `'${wrong}'`}; ` +
          'name a test unit first',
      );
    }
    const templateBody = JSON.stringify(trailTemplate(boundary, region));
    if (templateBody.length > MOST_BYTES)
      throw new Error(`${this.node.path}: the template of the trail has ${templateBody.length} of ${MOST_BYTES} bytes`);
    new CfnStackSet(this, 'Resource', {
      stackSetName,
      description: 'A trail of changing calls in each account',
      permissionModel: 'SERVICE_MANAGED',
      callAs: isDelegated ? 'DELEGATED_ADMIN' : 'SELF',
      autoDeployment: { enabled: true, retainStacksOnAccountRemoval: false },
      capabilities: ['CAPABILITY_IAM'],
      stackInstancesGroup: [{ deploymentTargets: { organizationalUnitIds: organizationalUnits }, regions: [region] }],
      templateBody,
    });
  }
}

/** The template, synthesized on its own: the accounts of the organization have no bootstrap. */
function trailTemplate(boundary: ResidencyBoundary, region: string): object {
  const app = new App({ analyticsReporting: false, context: { 'aws:cdk:enable-path-metadata': false } });
  const stack = new Stack(app, 'ResidencyTrail', {
    env: { region },
    synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
  });
  new WatchTrail(stack, 'Trail', { boundary });
  return app.synth().getStackByName(stack.stackName).template;
}
