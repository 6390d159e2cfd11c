import * as z from 'zod/mini';
import type { Invoked } from '../bedrock/bedrock';

/** How one family of models is asked for embeddings: its body, its limits, and what it answers. */
export interface Embedder {
  readonly models: RegExp;
  /** The sizes of a vector that can be chosen; none when it is fixed. */
  readonly dimensions: readonly number[];
  /** How many texts one call takes. */
  readonly batch: number;
  body(texts: readonly string[], dimensions: number | undefined): unknown;
  /** @throws when the answer isn't of the form that the model documents */
  read(answer: Invoked): { readonly vectors: readonly (readonly number[])[]; readonly tokens: number };
}

const vector = z.array(z.number());
const titanAnswer = z.object({ embedding: vector, inputTextTokenCount: z.number() });
const cohereAnswer = z.object({ embeddings: z.union([z.array(vector), z.object({ float: z.array(vector) })]) });

const readTitan: Embedder['read'] = ({ body }) => {
  const { embedding, inputTextTokenCount } = titanAnswer.parse(body);
  return { vectors: [embedding], tokens: inputTextTokenCount };
};

/** Cohere answers with vectors only; the tokens are those that Bedrock counts in a header. */
const readCohere: Embedder['read'] = ({ body, inputTokens = 0 }) => {
  const { embeddings } = cohereAnswer.parse(body);
  return { vectors: Array.isArray(embeddings) ? embeddings : embeddings.float, tokens: inputTokens };
};

/**
 * OpenAI has no such choice, and Cohere demands one. Documents are what is embedded most; a query that is embedded as a
 * document finds a little less than it could.
 */
const INPUT_TYPE = 'search_document';

const EMBEDDERS: readonly Embedder[] = [
  {
    models: /^amazon\.titan-embed-text-v2/,
    dimensions: [256, 512, 1024],
    batch: 1,
    body: ([inputText], dimensions) => ({ inputText, dimensions, normalize: true }),
    read: readTitan,
  },
  {
    models: /^amazon\.titan-embed-text-v1/,
    dimensions: [],
    batch: 1,
    body: ([inputText]) => ({ inputText }),
    read: readTitan,
  },
  {
    models: /^cohere\.embed-(english|multilingual)-v3/,
    dimensions: [],
    batch: 96,
    // Without `NONE` a text that is too long would be cut, and nobody would know.
    body: (texts) => ({ texts, input_type: INPUT_TYPE, truncate: 'NONE' }),
    read: readCohere,
  },
  {
    models: /^cohere\.embed-v4/,
    dimensions: [256, 512, 1024, 1536],
    batch: 96,
    body: (texts, output_dimension) => ({
      texts,
      input_type: INPUT_TYPE,
      truncate: 'NONE',
      embedding_types: ['float'],
      output_dimension,
    }),
    read: readCohere,
  },
];

/** How a foundation model is asked for embeddings; none if it makes none, or none of text. */
export function embedderOf(modelId: string): Embedder | undefined {
  return EMBEDDERS.find(({ models }) => models.test(modelId));
}
