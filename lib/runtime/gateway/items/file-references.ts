import type { FileReference } from '../files/found-file';
import type { InputItem, InputPart } from './items';

/** The parts of an item that a model receives, besides the model's own text. */
export function inputParts(item: InputItem): readonly InputPart[] {
  const parts = item.type === 'message' ? item.content : item.type === 'function_call_output' ? item.output : [];
  if (typeof parts === 'string') return [];
  return parts.flatMap((part): InputPart[] => (part.type === 'output_text' || part.type === 'refusal' ? [] : [part]));
}

/** The files that items name by ID. */
export function fileReferences(input: string | readonly InputItem[], list = 'input'): FileReference[] {
  if (typeof input === 'string') return [];
  return input.flatMap((item, index) => {
    const name = item.type === 'message' ? 'content' : 'output';
    return inputParts(item).flatMap((part, at) =>
      'file_id' in part && part.file_id
        ? [{ id: part.file_id, param: `${list}[${index}].${name}[${at}].file_id` }]
        : [],
    );
  });
}
