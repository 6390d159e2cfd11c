import { providerOf } from '../../boundary/provider-of';
import type { CostLine } from './cost-line';

type Provider = ReturnType<typeof providerOf>;

/** Why sums lack models of a provider. */
const NOTES: readonly { readonly of: readonly Provider[]; readonly note: (models: string) => string }[] = [
  {
    of: ['openai', 'external'],
    note: (models) =>
      `Not in the sums: the tokens of ${models}. Their providers bill them themselves. The facts have no price of them, and the configuration ` +
      'takes none: add what your contract says.',
  },
  {
    of: ['vpc'],
    note: (models) => `Not in the sums: the servers of ${models}, which are in your own network.`,
  },
  {
    of: ['bedrock'],
    note: (models) => `Not in the sums: the tokens of ${models}, of which no reliable source has the price.`,
  },
];

/** What the sums lack of models, a sentence for each kind; none if the facts have the price of every model that is called. */
export function unpricedNotes(lines: readonly CostLine[]): string[] {
  const unpriced = lines.flatMap(({ part, model, price }) =>
    part === 'model' && model !== undefined && price === undefined ? [model] : [],
  );
  return NOTES.flatMap(({ of, note }) => {
    const models = [...new Set(unpriced)].filter((model) => of.includes(providerOf(model)));
    return models.length === 0 ? [] : [note(models.join(', '))];
  });
}
