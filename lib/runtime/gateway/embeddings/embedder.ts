import * as z from 'zod/mini';
import type { Invoked } from '../bedrock/bedrock';

/** What a text is in a search. Models that distinguish them find more if a query is embedded as one. */
export const INPUT_TYPES = ['query', 'document'] as const;
export type InputType = (typeof INPUT_TYPES)[number];

/** The embedding requests of one family of models: body, limits and answer. */
export interface Embedder {
  readonly models: RegExp;
  /** The vector sizes that a client can choose; none if the size is fixed. */
  readonly dimensions: readonly number[];
  /** The maximum number of texts per call. */
  readonly batch: number;
  /** Whether the model embeds a query differently from a document. */
  readonly distinguishes: boolean;
  body(texts: readonly string[], dimensions?: number, inputType?: InputType): unknown;
  /** @throws if the answer doesn't have the model's documented form */
  read(answer: Invoked): { readonly vectors: readonly (readonly number[])[]; readonly tokens: number };
}

const vector = z.array(z.number());
const titanAnswer = z.object({ embedding: vector, inputTextTokenCount: z.number() });
const cohereAnswer = z.object({ embeddings: z.union([z.array(vector), z.object({ float: z.array(vector) })]) });

const readTitan: Embedder['read'] = ({ body }) => {
  const { embedding, inputTextTokenCount } = titanAnswer.parse(body);
  return { vectors: [embedding], tokens: inputTextTokenCount };
};

/** Cohere answers with vectors only; the number of tokens is in a Bedrock header. */
const readCohere: Embedder['read'] = ({ body, inputTokens = 0 }) => {
  const { embeddings } = cohereAnswer.parse(body);
  return { vectors: Array.isArray(embeddings) ? embeddings : embeddings.float, tokens: inputTokens };
};

/** Cohere requires one of its own names. Most embedded texts are documents. */
const cohereType = (inputType: InputType = 'document') => `search_${inputType}`;

const EMBEDDERS: readonly Embedder[] = [
  {
    models: /^amazon\.titan-embed-text-v2/,
    dimensions: [256, 512, 1024],
    batch: 1,
    distinguishes: false,
    body: ([inputText], dimensions) => ({ inputText, dimensions, normalize: true }),
    read: readTitan,
  },
  {
    models: /^amazon\.titan-embed-text-v1/,
    dimensions: [],
    batch: 1,
    distinguishes: false,
    body: ([inputText]) => ({ inputText }),
    read: readTitan,
  },
  {
    models: /^cohere\.embed-(english|multilingual)-v3/,
    dimensions: [],
    batch: 96,
    distinguishes: true,
    // Without `NONE`, a text that is too long would be truncated silently.
    body: (texts, _, inputType) => ({ texts, input_type: cohereType(inputType), truncate: 'NONE' }),
    read: readCohere,
  },
  {
    models: /^cohere\.embed-v4/,
    dimensions: [256, 512, 1024, 1536],
    batch: 96,
    distinguishes: true,
    body: (texts, output_dimension, inputType) => ({
      texts,
      input_type: cohereType(inputType),
      truncate: 'NONE',
      embedding_types: ['float'],
      output_dimension,
    }),
    read: readCohere,
  },
];

/** The embedding requests of a foundation model; undefined if it doesn't embed text. */
export function embedderOf(modelId: string): Embedder | undefined {
  return EMBEDDERS.find(({ models }) => models.test(modelId));
}
