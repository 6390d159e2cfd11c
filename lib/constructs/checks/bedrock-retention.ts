import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { type CustomResource, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { Destination } from '../../boundary/destination';
import type { Guardrail } from '../../boundary/guardrail';
import type { RetentionAttributes } from '../../contract/custom-resources';
import type { RetentionVariables } from '../../contract/environment';
import { formerSettingsKey } from '../../contract/objects';
import { retentionStatements } from '../../perimeter/bedrock-control-statements';
import { type InvocationLogging, loggingPolicy } from './invocation-logging';
import { SettingsFunction } from './settings-function';
import { bedrockRegions, settingsPolicy } from './settings-policy';

/** The party that makes Bedrock retain nothing. */
export enum RetentionManagement {
  /** The deployment sets the account's retention mode to `none`. */
  MANAGE = 'manage',

  /** Another party sets it. The deployment reads it, and stops if it isn't `none`. */
  VERIFY = 'verify',
}

/** Construction properties for a BedrockRetention. */
export interface BedrockRetentionProps {
  readonly boundary: ResidencyBoundary;
  readonly destinations: readonly Destination[];
  /** The guardrails that check calls of the destinations. */
  readonly guardrails: readonly Guardrail[];
  readonly management: RetentionManagement;
  /** @default - none: logging is refused */
  readonly invocationLogging?: InvocationLogging;
  readonly evidenceBucket: s3.IBucket;
  readonly evidenceKey: kms.IKey;
  readonly logKey: kms.IKey;
  readonly logRetention: logs.RetentionDays;
}

/**
 * Makes Bedrock retain nothing of a request, in every Region in which a destination is called or may be processed. It
 * sets the retention mode `none`, reads it back, and refuses undeclared model invocation logging.
 *
 * The mode is one setting for the whole account in a Region. It also applies to all other calls of the account there:
 * models that require retention are no longer served to them. Deleting the stack leaves the mode as it is.
 */
export class BedrockRetention extends Construct {
  /** The Regions whose mode is set or read. */
  public readonly regions: readonly string[];

  /** The Regions that can't serve projects, and why; `none` if there are none. Known only at deployment. */
  public readonly unusable: string;

  private readonly resource: CustomResource;

  constructor(scope: Construct, id: string, props: BedrockRetentionProps) {
    super(scope, id);
    const { boundary, destinations, guardrails, management, evidenceBucket } = props;
    const { partition, account, region } = Stack.of(this);
    const manages = management === RetentionManagement.MANAGE;
    this.regions = bedrockRegions(destinations, guardrails);
    const settings = new SettingsFunction(this, 'Provider', {
      policy: settingsPolicy(
        'retention',
        boundary,
        management,
        destinations,
        guardrails,
        loggingPolicy(props.invocationLogging, region),
      ),
      description: manages ? "Sets Bedrock's retention mode to none" : "Verifies Bedrock's retention mode",
      statements: retentionStatements({ partition, account, regions: this.regions, mode: management }),
      environment: {
        EVIDENCE_BUCKET: manages ? evidenceBucket.bucketName : undefined,
      } satisfies RetentionVariables,
      logKey: props.logKey,
      logRetention: props.logRetention,
    });
    if (manages) {
      // Not `grantPut`, which also allows a role to decrypt, tag and lock objects.
      settings.role.addToPolicy(
        new iam.PolicyStatement({
          sid: 'FormerSettings',
          actions: ['s3:PutObject'],
          resources: this.regions.map((region) => evidenceBucket.arnForObjects(formerSettingsKey(region))),
        }),
      );
      props.evidenceKey.grant(settings.role, 'kms:GenerateDataKey');
    }
    this.resource = settings.runAtDeployment(this, 'Resource', 'Custom::BedrockRetention');
    // Further Regions need further permissions, which must exist first.
    this.resource.node.addDependency(settings);
    // The function writes to the bucket, whose policy must protect it by then.
    if (manages && evidenceBucket.policy !== undefined) this.resource.node.addDependency(evidenceBucket.policy);
    this.unusable = this.resource.getAttString('Unusable' satisfies keyof RetentionAttributes);
  }
}
