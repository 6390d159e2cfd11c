import type { InputItem } from '../../gateway/items/items';
import type { OutputItem } from '../../gateway/items/response-object';
import { inputItemId } from './ids';

/** An item as it is stored and returned: with an id, and with its content as parts. */
export type StoredItem = InputItem & { readonly id: string };

/** An item at its place in a log. */
export interface LogEntry {
  readonly seq: number;
  /** When it was stored, in Unix milliseconds. */
  readonly at: number;
  readonly item: StoredItem;
}

/**
 * The items that a client sent, as they are stored. Each gets a new id: an id that the client gives may be that of an item of another
 * conversation, which stays there.
 */
export function fromInput(input: string | readonly InputItem[], write: string): StoredItem[] {
  const items: readonly InputItem[] =
    typeof input === 'string' ? [{ type: 'message', role: 'user', content: input }] : input;
  return items.map((item, index) => ({ ...inParts(item), id: inputItemId(item.type, write, index) }));
}

/** The items that a model returned, as they are stored: with the proofs without which reasoning can't be sent back to it. */
export const fromOutput = (output: readonly OutputItem[], proofs: ReadonlyMap<string, string>): StoredItem[] =>
  output.map((item) => {
    const proof = proofs.get(item.id);
    return (
      item.type === 'reasoning' && proof !== undefined ? { ...item, encrypted_content: proof } : item
    ) as StoredItem;
  });

/** An item as clients read it. The proof of its reasoning is left out unless the client asks for it. */
export function toClient(item: StoredItem, withProof: boolean): Record<string, unknown> {
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
