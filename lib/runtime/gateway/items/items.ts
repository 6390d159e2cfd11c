import * as z from 'zod/mini';
import { imageDetail } from '../parameters/common-parameters';
import { callId, functionName } from '../parameters/function-name';

const status = z.nullish(z.enum(['in_progress', 'completed', 'incomplete']));
const id = z.nullish(z.string());
const text = z.strictObject({ type: z.literal('input_text'), text: z.string() });
const fileId = z.nullish(z.string().check(z.minLength(1), z.maxLength(128)));
const image = z.strictObject({
  type: z.literal('input_image'),
  image_url: z.nullish(z.string()),
  file_id: fileId,
  detail: imageDetail,
});
const file = z.strictObject({
  type: z.literal('input_file'),
  file_id: fileId,
  file_data: z.nullish(z.string()),
  // The name isn't sent to a model.
  filename: z.nullish(z.string()),
});
const part = z.discriminatedUnion('type', [text, image, file]);
const nothing = z.nullish(z.array(z.unknown()));
/** A field that OpenAI's own client adds to a parsed answer, and sends back later. */
const parsed = z.optional(z.unknown());
/** The mark that a workspace adds to a stored item. A client may send it back, where it proves nothing and is dropped. */
const provenance = z.optional(z.unknown());
const said = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('output_text'), text: z.string(), annotations: nothing, logprobs: nothing, parsed }),
  z.strictObject({ type: z.literal('refusal'), refusal: z.string() }),
]);

const inputMessage = <R extends string>(role: R) =>
  z.strictObject({
    type: z.literal('message'),
    role: z.literal(role),
    content: z.union([z.string(), z.array(part)]),
    id,
    status,
  });

const message = z.discriminatedUnion('role', [
  inputMessage('user'),
  inputMessage('system'),
  inputMessage('developer'),
  z.strictObject({
    type: z.literal('message'),
    role: z.literal('assistant'),
    content: z.union([z.string(), z.array(said)]),
    id,
    status,
    phase: z.nullish(z.string()),
    provenance,
  }),
]);

/** An item of a response's input: a new one, or an item of an answer that the client sends back. */
export const inputItem = z.discriminatedUnion('type', [
  message,
  z.strictObject({
    type: z.literal('function_call'),
    call_id: callId,
    name: functionName,
    arguments: z.string(),
    parsed_arguments: parsed,
    provenance,
    id,
    status,
  }),
  z.strictObject({
    type: z.literal('function_call_output'),
    call_id: callId,
    output: z.union([z.string(), z.array(part)]),
    id,
    status,
  }),
  z.strictObject({
    type: z.literal('reasoning'),
    id,
    summary: nothing,
    content: nothing,
    encrypted_content: z.nullish(z.string()),
    status,
    provenance,
  }),
]);

export type InputItem = z.infer<typeof inputItem>;
export type InputPart = z.infer<typeof part>;
