import { ApiError } from '../errors/api-error';
import type { InputItem } from './items';

/** Stored items by their IDs; those that don't exist are missing. */
export type FindItems = (ids: readonly string[]) => Promise<ReadonlyMap<string, InputItem>>;

/** More than a long conversation has, and few enough to be read for one request. */
const MAX_REFERENCES = 200;

/**
 * The body of a response with stored items in place of the references to them; unchanged if nothing is stored. What isn't a reference
 * is left to the validation.
 *
 * @throws ApiError if an item doesn't exist, or belongs to another member
 */
export async function withReferencedItems(
  body: Record<string, unknown>,
  find: FindItems | undefined,
): Promise<Record<string, unknown>> {
  const { input } = body;
  if (find === undefined || !Array.isArray(input)) return body;
  const ids = input.flatMap((item) => referencedId(item) ?? []);
  if (ids.length === 0) return body;
  if (ids.length > MAX_REFERENCES) {
    const message = `'input' may have at most ${MAX_REFERENCES} references to items; continue by 'previous_response_id'`;
    throw new ApiError(400, 'invalid_value', message, { param: 'input' });
  }
  const found = await find(ids);
  return {
    ...body,
    input: input.map((item, index) => {
      const id = referencedId(item);
      if (id === undefined) return item;
      const stored = found.get(id);
      if (stored !== undefined) return stored;
      const param = `input[${index}].id`;
      throw new ApiError(404, 'item_not_found', 'no stored response has an item with this id', { param });
    }),
  };
}

function referencedId(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const { type, id } = item as { type?: unknown; id?: unknown };
  return type === 'item_reference' && typeof id === 'string' ? id : undefined;
}
