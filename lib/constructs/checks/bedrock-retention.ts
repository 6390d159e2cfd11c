import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { type CustomResource, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { Destination } from '../../boundary/destination';
import type { RetentionAttributes } from '../../contract/custom-resources';
import type { RetentionVariables } from '../../contract/environment';
import { formerSettingsKey } from '../../contract/objects';
import { retentionStatements } from '../../perimeter/bedrock-control-statements';
import { type InvocationLogging, loggingPolicy } from './invocation-logging';
import { ProviderFunction } from './provider-function';
import { bedrockRegions, providerPolicy } from './provider-policy';

/** Who sees to it that Bedrock keeps nothing. */
export enum RetentionManagement {
  /** The deployment sets the account's retention mode to `none`. */
  MANAGE = 'manage',

  /** Somebody else sets it. The deployment reads it, and stops where it isn't `none`. */
  VERIFY = 'verify',
}

/** Construction properties for a BedrockRetention. */
export interface BedrockRetentionProps {
  readonly boundary: ResidencyBoundary;
  readonly destinations: readonly Destination[];
  readonly management: RetentionManagement;
  readonly invocationLogging?: InvocationLogging;
  readonly evidenceBucket: s3.IBucket;
  readonly evidenceKey: kms.IKey;
  readonly logKey: kms.IKey;
  readonly logRetention: logs.RetentionDays;
}

/**
 * Has Bedrock keep nothing of a request, in every Region that a destination is called in or may be processed in: sets the
 * retention mode `none`, reads it back, and refuses model invocation logging.
 *
 * The mode is one setting for the whole account in a Region: it holds for everybody else's calls there as well, and models
 * that require retention stop being served to them. Deleting the stack leaves it as it is.
 */
export class BedrockRetention extends Construct {
  /** The Regions that are set or read. */
  public readonly regions: readonly string[];

  /** Which Regions no project can be served from, and why; `none` when there are none. A value of the deployment. */
  public readonly unusable: string;

  private readonly resource: CustomResource;

  constructor(scope: Construct, id: string, props: BedrockRetentionProps) {
    super(scope, id);
    const { boundary, destinations, management, evidenceBucket } = props;
    const { partition, account, region } = Stack.of(this);
    const manages = management === RetentionManagement.MANAGE;
    this.regions = bedrockRegions(destinations);
    const provider = new ProviderFunction(this, 'Provider', {
      policy: providerPolicy(
        'retention',
        boundary,
        management,
        destinations,
        loggingPolicy(props.invocationLogging, region),
      ),
      description: manages ? 'Sets the retention mode of Bedrock to none' : 'Verifies the retention mode of Bedrock',
      statements: retentionStatements({ partition, account, regions: this.regions, mode: management }),
      environment: {
        EVIDENCE_BUCKET: manages ? evidenceBucket.bucketName : undefined,
      } satisfies RetentionVariables,
      logKey: props.logKey,
      logRetention: props.logRetention,
    });
    if (manages) {
      // Not `grantPut`, which also lets a role decrypt, tag and lock.
      provider.role.addToPolicy(
        new iam.PolicyStatement({
          sid: 'FormerSettings',
          actions: ['s3:PutObject'],
          resources: this.regions.map((region) => evidenceBucket.arnForObjects(formerSettingsKey(region))),
        }),
      );
      props.evidenceKey.grant(provider.role, 'kms:GenerateDataKey');
    }
    this.resource = provider.runAtDeployment(this, 'Resource', 'Custom::BedrockRetention');
    // More Regions come with more rights, which must be there first.
    this.resource.node.addDependency(provider);
    this.unusable = this.resource.getAttString('Unusable' satisfies keyof RetentionAttributes);
  }
}
