import { createHash } from 'node:crypto';
import { CfnGuardrail, type CfnGuardrailProps, CfnGuardrailVersion } from 'aws-cdk-lib/aws-bedrock';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Names, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { requireInside, requireKeyInside } from '../shared/require-inside';
import { decideGuardrails, type InferenceGuardrail } from './inference-guardrail';

/** Construction properties for a ResidencyGuardrail. */
export interface ResidencyGuardrailProps {
  /** The boundary in which the guardrail may evaluate prompts and answers. */
  readonly boundary: ResidencyBoundary;

  /**
   * Its name, unique in the account and Region.
   *
   * @default - derived from the construct's path
   */
  readonly guardrailName?: string;

  /** The text that replaces the answer to a blocked prompt. */
  readonly blockedInputMessage: string;

  /** The text that replaces a blocked answer. */
  readonly blockedOutputMessage: string;

  /**
   * Filters for harmful content and prompt attacks.
   *
   * @default - none
   */
  readonly contentFilters?: CfnGuardrail.ContentFilterConfigProperty[];

  /**
   * Topics that it blocks.
   *
   * @default - none
   */
  readonly deniedTopics?: CfnGuardrail.TopicConfigProperty[];

  /**
   * Words that it blocks.
   *
   * @default - none
   */
  readonly words?: CfnGuardrail.WordPolicyConfigProperty;

  /**
   * Personal and other sensitive information that it blocks or masks.
   *
   * @default - none
   */
  readonly sensitiveInformation?: CfnGuardrail.SensitiveInformationPolicyConfigProperty;

  /**
   * The ID of a guardrail profile, such as `eu.guardrail.v1:0`: filters and topics then use the Standard tier, which
   * evaluates prompts and answers in any Region of the profile. Each must be inside the boundary.
   *
   * @default - none: the Classic tier, which evaluates them in the Region of the stack
   */
  readonly profile?: string;

  /**
   * The customer managed key that encrypts it, in the Region of the stack. Its policy must permit IAM policies. Filters and
   * topics contain no data of members.
   *
   * @default - none: AWS's own key
   */
  readonly encryptionKey?: kms.IKey;
}

/**
 * A guardrail of Bedrock that evaluates prompts and answers inside a boundary. Bedrock charges for each text that it
 * evaluates.
 *
 * Pass it to the foundation, and a version of it to tenants.
 */
export class ResidencyGuardrail extends Construct {
  /** Its ID. */
  public readonly id: string;

  /** Its Region, which is the source Region of the calls that it checks. */
  public readonly region: string;

  /** Its guardrail profile; none if it evaluates content in its own Region only. */
  public readonly profile?: string;

  /** Its ARN. */
  public readonly guardrailArn: string;

  private readonly encryptionKeyArn?: string;
  private readonly contentHash: string;

  /** @throws if the Region, the key or a Region of the profile is outside the boundary */
  constructor(scope: Construct, id: string, props: ResidencyGuardrailProps) {
    super(scope, id);
    this.region = requireInside(this, props.boundary, 'it evaluates prompts and answers');
    if (props.encryptionKey) requireKeyInside(this, props.boundary, 'encryptionKey', props.encryptionKey);
    this.profile = props.profile;
    const content = this.contentOf(props);
    const guardrail = new CfnGuardrail(this, 'Resource', {
      ...content,
      name: props.guardrailName ?? Names.uniqueResourceName(this, { maxLength: 50, separator: '-' }),
    });
    this.id = guardrail.attrGuardrailId;
    this.guardrailArn = guardrail.attrGuardrailArn;
    this.encryptionKeyArn = props.encryptionKey?.keyArn;
    decideGuardrails(this, props.boundary, [this]);
    const text = JSON.stringify(Stack.of(this).resolve(content));
    this.contentHash = createHash('sha256').update(text).digest('hex').slice(0, 12);
  }

  /**
   * A version of its current content, in the stack that uses it: a new one whenever the content changes. Earlier versions
   * stay, because gateways use them until they are deployed again. AWS limits their number, so their owner deletes those
   * that no gateway uses.
   *
   * @param scope a construct of the stack of the gateway, not of an earlier stack, whose export CloudFormation couldn't change
   */
  public versionIn(scope: Construct): InferenceGuardrail {
    const { id, region, profile, encryptionKeyArn, contentHash } = this;
    const name = `${Names.nodeUniqueId(this.node)}Version${contentHash}`;
    const existing = scope.node.tryFindChild(name) as CfnGuardrailVersion | undefined;
    const version =
      existing ??
      new CfnGuardrailVersion(scope, name, { guardrailIdentifier: id, description: `Content ${contentHash}` });
    version.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return { id, version: version.attrVersion, region, profile, encryptionKeyArn };
  }

  private contentOf(props: ResidencyGuardrailProps): Omit<CfnGuardrailProps, 'name'> {
    const { contentFilters, deniedTopics, profile } = props;
    const tierName = profile === undefined ? 'CLASSIC' : 'STANDARD';
    return {
      blockedInputMessaging: props.blockedInputMessage,
      blockedOutputsMessaging: props.blockedOutputMessage,
      contentPolicyConfig: contentFilters && {
        filtersConfig: contentFilters,
        contentFiltersTierConfig: { tierName },
      },
      topicPolicyConfig: deniedTopics && { topicsConfig: deniedTopics, topicsTierConfig: { tierName } },
      wordPolicyConfig: props.words,
      sensitiveInformationPolicyConfig: props.sensitiveInformation,
      crossRegionConfig: profile === undefined ? undefined : { guardrailProfileArn: this.profileArn(profile) },
      kmsKeyArn: props.encryptionKey?.keyArn,
    };
  }

  private profileArn(profile: string): string {
    const { partition, account } = Stack.of(this);
    return `arn:${partition}:bedrock:${this.region}:${account}:guardrail-profile/${profile}`;
  }
}
