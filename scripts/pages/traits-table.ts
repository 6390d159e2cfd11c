import { likelyKind } from '../../lib/boundary/model-kind';
import { MODEL_TRAITS } from '../../lib/facts/generated/model-traits';
import type { ModelTraitsFact } from '../../lib/facts/model-facts';
import { PACKAGED } from '../../lib/facts/packaged';
import { isReliable } from '../../lib/facts/reliance';

/** What each chat model accepts, as a table. Models with the same values share a row. */
export function traitsTable(): string {
  const rows = new Map<string, string[]>();
  for (const traits of MODEL_TRAITS) {
    if (!isReliable(traits) || !['text', 'safeguard'].includes(likelyKind(PACKAGED, traits.modelId))) continue;
    const cells = cellsOf(traits);
    rows.set(cells, [...(rows.get(cells) ?? []), `\`${traits.modelId}\``]);
  }
  return [
    '| models | sampling | `reasoning_effort` | forced tools | strict tools | schema | prefill | stop | images | documents | system | output |',
    '|---|---|---|---|---|---|---|---|---|---|---|---|',
    ...[...rows].map(([cells, models]) => `| ${models.join(', ')} | ${cells} |`),
  ].join('\n');
}

function cellsOf(traits: ModelTraitsFact): string {
  const { sampling, effort, reasoning, forcedTools, stopSequences, maxOutput } = traits;
  const off = reasoning === 'on' || reasoning === 'off' || reasoning === 'none' ? ['none'] : [];
  const values = [...new Set([...off, ...(effort?.values ?? [])])];
  return [
    sampling ?? '?',
    values.length === 0 ? '' : values.join(', '),
    traits.tools ? forcedTools : 'no tools',
    yes(traits.tools && traits.strictTools),
    yes(traits.structuredOutput),
    yes(traits.prefill),
    stopSequences === null ? '?' : stopSequences === 0 ? 'no' : 'yes',
    yes(traits.images),
    yes(traits.documents),
    yes(traits.system),
    maxOutput === null ? '?' : maxOutput.toLocaleString('en'),
  ].join(' | ');
}

const yes = (value: boolean | null) => (value === null ? '?' : value ? 'yes' : 'no');
