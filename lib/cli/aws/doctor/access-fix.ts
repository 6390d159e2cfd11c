import { makerOf } from '../../../boundary/model-kind';
import { REQUIRES_FORM } from './use-case-form';

/**
 * The makers whose models have no offer to accept.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-access-product-ids.html
 */
const NOT_SOLD_BY_MARKETPLACE: readonly string[] = ['amazon', 'deepseek', 'meta', 'mistral', 'openai', 'qwen'];

/** A model that an account can't call in a Region. */
export interface LackingAccess {
  readonly modelId: string;
  readonly region: string;
  /** Whether the account has accepted its terms. */
  readonly isAgreed: boolean;
}

/**
 * What gives the account access. A first call would make an agreement too, but with the permissions of a gateway, which has none
 * for AWS Marketplace.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html
 */
export function accessFix({ modelId, region, isAgreed }: LackingAccess): string {
  const maker = makerOf(modelId);
  if (NOT_SOLD_BY_MARKETPLACE.includes(maker)) return `it has no terms to accept; ${permit(modelId, region)}`;
  const form = maker === REQUIRES_FORM ? "submit the form unless the line 'use-case form' is ok; then " : '';
  if (isAgreed) return `${form}${permit(modelId, region)}`;
  const model = modelOption(modelId, region);
  const offer = `aws bedrock list-foundation-model-agreement-offers ${model} --query 'offers[0].offerToken' --output text`;
  return (
    `${form}accept its terms, as a principal with aws-marketplace:Subscribe, Unsubscribe and ViewSubscriptions: ` +
    `aws bedrock create-foundation-model-agreement ${model} --offer-token "$(${offer})"`
  );
}

/** Nothing can be requested for these; a policy, or AWS, denies the access. */
const permit = (modelId: string, region: string): string =>
  'look for a service control policy or an IAM policy that denies Bedrock or AWS Marketplace for this model, and ask AWS Support ' +
  `if there is none; then check: aws bedrock get-foundation-model-availability ${modelOption(modelId, region)}`;

const modelOption = (modelId: string, region: string): string => `--model-id ${modelId} --region ${region}`;
