import * as z from 'zod/mini';
import { EGRESS_PATHS, type EgressRequest, MOST_EGRESS_BYTES } from '../../contract/egress';
import { Refusal } from './refusal';

const form = z.strictObject({
  provider: z.string(),
  model: z.string(),
  kind: z.enum(['text', 'embedding']),
  path: z.enum(EGRESS_PATHS),
  body: z.string(),
});

/** The only path of each kind of model. */
const PATHS = { text: '/chat/completions', embedding: '/embeddings' } as const;

/**
 * Reads what a gateway sent.
 *
 * @throws Refusal if it has another form, is too large, or names a path that isn't of the kind of its model
 */
export function readRequest(event: unknown): EgressRequest {
  const { data } = form.safeParse(event);
  if (data === undefined) throw new Refusal("the event isn't a request of a gateway");
  if (Buffer.byteLength(data.body) >= MOST_EGRESS_BYTES) throw new Refusal('its body is too large');
  if (PATHS[data.kind] !== data.path) throw new Refusal("its path isn't that of the kind of its model");
  return data;
}
