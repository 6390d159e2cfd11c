import type { ServiceQuota } from '@aws-sdk/client-service-quotas';
import type { Destination } from '../../../boundary/destination';

/**
 * The quota of a model, by its name: Service Quotas has no model ids, but names such as `Cross-region model inference
 * tokens per minute for Anthropic Claude Sonnet 4.5 V1`. None unless exactly one has the name.
 */
export function quotaOf(
  quotas: readonly ServiceQuota[],
  { modelId, throughProfile }: Pick<Destination, 'modelId' | 'throughProfile'>,
  measure: 'tokens per minute' | 'requests per minute',
): ServiceQuota | undefined {
  const way = throughProfile ? 'cross region model inference' : 'on demand model inference';
  const model = wordsOf(bare(modelId));
  const pattern = new RegExp(`^${way} ${measure} for (?:\\w+ )*?${model}(?: v\\d+)?$`);
  const found = quotas.filter(({ QuotaName = '' }) => pattern.test(wordsOf(QuotaName)));
  return found.length === 1 ? found[0] : undefined;
}

/** `anthropic.claude-sonnet-4-5-20250929-v1:0` as `claude-sonnet-4-5`. */
const bare = (modelId: string) =>
  modelId
    .slice(modelId.indexOf('.') + 1)
    .replace(/(?:-v?\d+)?:\d+$/, '')
    .replace(/-v\d+$/, '')
    .replace(/-20\d{6}$/, '');

const wordsOf = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
