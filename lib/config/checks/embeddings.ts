import { factsOf } from '../../boundary/facts-of';
import { likelyKind } from '../../boundary/model-kind';
import { isSameModel } from '../../boundary/same-model';
import type { AnyDestination } from '../../boundary/server';
import { present } from '../read/draft';
import type { Problem } from '../read/problem';
import type { Subject } from './check';
import type { ResolvedModels } from './destinations';

/** A model embeds with one embedding model only: vectors of two can't be compared. */
export function checkEmbeddings(subject: Subject, { destinations }: ResolvedModels): Problem[] {
  return present(subject.draft.models).flatMap(([index, { id = '' }]) => {
    const [first, ...others] = (destinations.get(id) ?? []).filter((target) => embeds(subject, target));
    const other = first && others.find((target) => !isSameModel(target, first));
    if (first === undefined || other === undefined) return [];
    const text =
      `found '${other.id}' besides '${first.id}', but vectors of two embedding models can't be compared; remove one of ` +
      'them, or give it a model of its own';
    return [{ path: ['models', index, 'destinations'], text }];
  });
}

function embeds({ boundary }: Subject, target: AnyDestination): boolean {
  if (target.provider !== 'bedrock') return target.kind === 'embedding';
  return boundary !== undefined && likelyKind(factsOf(boundary), target.modelId) === 'embedding';
}
