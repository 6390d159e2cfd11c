import { isSameModel } from '../boundary/same-model';
import type { ModelConfig } from '../config/model/config';

/** For each model whose failover may change the model without a declaration, what to add to the file. */
export function failoverNotes(models: readonly ModelConfig[]): string[] {
  return models.flatMap(({ id, destinations: [first, ...others], interchangeable }) => {
    const other = first && others.find((destination) => !isSameModel(first, destination));
    if (interchangeable !== undefined || first === undefined || other === undefined) return [];
    return [
      `note: if '${first.id}' fails, '${other.id}' answers for model '${id}'. Declare it in residency.yaml, under 'id: ${id}':\n` +
        '    interchangeable: true    # or false: only destinations with the first model answer',
    ];
  });
}
