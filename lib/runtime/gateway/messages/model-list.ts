import type { ModelEntry } from '../routing/models';

/** The facts don't contain a model's date, for which Anthropic's API uses the beginning of Unix time. */
const NO_DATE = '1970-01-01T00:00:00Z';

/** A model in Anthropic's form. */
export const toModelInfo = ({ id }: ModelEntry) => ({
  type: 'model' as const,
  id,
  display_name: id,
  created_at: NO_DATE,
});

/** The models of a deployment in Anthropic's form, always on one page. */
export const toModelInfos = (data: readonly ModelEntry[]) => ({
  data: data.map(toModelInfo),
  has_more: false,
  first_id: data[0]?.id ?? null,
  last_id: data.at(-1)?.id ?? null,
});
