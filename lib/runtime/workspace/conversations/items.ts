import type { InputItem } from '../../gateway/items/items';
import type { OutputItem } from '../../gateway/items/response-object';
import { askedItemId } from '../store/ids';

/** An item as it is stored and given back: with an id, and its content as parts. */
export type StoredItem = InputItem & { readonly id: string };

/** An item in its place in a line. */
export interface Placed {
  readonly seq: number;
  /** When it was stored, in milliseconds. */
  readonly at: number;
  readonly item: StoredItem;
}

/**
 * What a client gave, as it is stored. Each item gets an id of its own: one that the client gives may be of another
 * conversation, in which it stays.
 */
export function fromInput(input: string | readonly InputItem[], write: string): StoredItem[] {
  const items: readonly InputItem[] =
    typeof input === 'string' ? [{ type: 'message', role: 'user', content: input }] : input;
  return items.map((item, index) => ({ ...inParts(item), id: askedItemId(item.type, write, index) }));
}

/** What a model made, as it is stored: with what its reasoning needs to go back to it. */
export const fromOutput = (output: readonly OutputItem[], proofs: ReadonlyMap<string, string>): StoredItem[] =>
  output.map((item) => {
    const proof = proofs.get(item.id);
    return (
      item.type === 'reasoning' && proof !== undefined ? { ...item, encrypted_content: proof } : item
    ) as StoredItem;
  });

/** An item as clients read it, with what only goes back to a model left out unless it was asked for. */
export function shown(item: StoredItem, withProof: boolean): Record<string, unknown> {
  if (item.type !== 'reasoning' || withProof) return item;
  const { encrypted_content, ...rest } = item;
  return rest;
}

function inParts(item: InputItem): InputItem {
  const status = 'completed';
  switch (item.type) {
    case 'message': {
      if (typeof item.content !== 'string') return { ...item, status };
      if (item.role !== 'assistant') return { ...item, status, content: [{ type: 'input_text', text: item.content }] };
      const part = { type: 'output_text' as const, text: item.content, annotations: [], logprobs: [] };
      return { ...item, status, content: [part] };
    }
    case 'reasoning':
      return { ...item, summary: item.summary ?? [] };
    default:
      return { ...item, status };
  }
}
