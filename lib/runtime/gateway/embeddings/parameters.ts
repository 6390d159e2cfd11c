import * as z from 'zod/mini';
import { COMMON } from '../parameters/common-parameters';
import { honoured, type ParameterTable, requestSchema } from '../parameters/parameter';
import { INPUT_TYPES } from './embedder';

const text = z.string().check(z.minLength(1));

/** The handling of each parameter of an embedding. */
export const EMBEDDING_PARAMETERS = {
  model: COMMON.model,
  input: honoured(
    'a text, or a list of up to 2,048; lists of tokens are refused, because they belong to another model: in LangChain, set `check_embedding_ctx_length=False`',
    z.union([text, z.array(text).check(z.minLength(1), z.maxLength(2048))]),
  ),
  encoding_format: honoured(
    '`float` or `base64`, the latter as little-endian 32-bit floats',
    z.optional(z.enum(['float', 'base64'])),
  ),
  dimensions: honoured(
    'Titan v2: 256, 512, 1024; Cohere v4: 256, 512, 1024, 1536; refused for any other model',
    z.optional(z.int().check(z.gte(1))),
  ),
  input_type: honoured(
    "`query` or `document`, the default; not part of OpenAI's API. Cohere embeds them differently; for any other model it is ignored, and listed",
    z.optional(z.enum(INPUT_TYPES)),
  ),
  user: COMMON.user,
} as const satisfies ParameterTable;

/** An embedding, without the parameters that change nothing. */
export const embeddingRequest = requestSchema(EMBEDDING_PARAMETERS);
