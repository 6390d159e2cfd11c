import type { InputItem } from '../../gateway/items/items';
import type { OutputItem } from '../../gateway/items/response-object';
import { inputItemId } from './ids';
import { marked, newProvenance, type Provenance } from './provenance';

/** An item as it is stored and returned: with an id, and with its content as parts. */
export type StoredItem = InputItem & { readonly id: string; readonly provenance?: Provenance };

/** An item at its place in a log. */
export interface LogEntry {
  readonly seq: number;
  /** When it was stored, in Unix milliseconds. */
  readonly at: number;
  readonly item: StoredItem;
}

/**
 * The items that a client sent, as they are stored. Each gets a new id: an id that the client gives may be that of an item of another
 * conversation, which stays there. A mark that the client sends is dropped, because any client could write it.
 */
export function fromInput(input: string | readonly InputItem[], write: string): StoredItem[] {
  const items: readonly InputItem[] =
    typeof input === 'string' ? [{ type: 'message', role: 'user', content: input }] : input;
  return items.map((item, index) => {
    const { provenance: _, ...rest } = inParts(item) as StoredItem;
    return { ...rest, id: inputItemId(item.type, write, index) };
  });
}

/**
 * The items that a model returned, as they are stored: marked as generated, and with the proofs without which reasoning can't be sent
 * back to it.
 */
export function fromOutput(
  output: readonly OutputItem[],
  proofs: ReadonlyMap<string, string>,
  by: { readonly model: string; readonly at: number },
): StoredItem[] {
  const provenance = newProvenance(by);
  return output.map((item) => {
    const proof = item.type === 'reasoning' ? proofs.get(item.id) : undefined;
    return { ...item, ...(proof !== undefined && { encrypted_content: proof }), provenance } as StoredItem;
  });
}

/** An item as clients read it, with its mark. The proof of its reasoning is left out unless the client asks for it. */
export function toClient(item: StoredItem, withProof: boolean): Record<string, unknown> {
  const shown = marked(item);
  if (shown.type !== 'reasoning' || withProof) return shown;
  const { encrypted_content, ...rest } = shown;
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
