import type { ConverseRequest } from '../bedrock/bedrock';

export type JsonObject = Readonly<Record<string, unknown>>;

/** The format that a client requires of an answer's text. */
export interface AnswerFormat {
  /** The parameter that requests it. */
  readonly param: string;
  /** The parameter that holds the schema. */
  readonly schemaParam: string;
  readonly name: string;
  readonly description?: string;
  /** @default - any JSON object */
  readonly schema?: JsonObject;
  /** Whether the client requires strict enforcement; Bedrock always enforces the schema. */
  readonly strict?: boolean;
}

/** OpenAI's values of reasoning effort, from the least. */
export const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;

/** Anthropic's values of reasoning effort, which switch reasoning off by another parameter. */
export const MESSAGE_EFFORTS = ['low', 'medium', 'high', 'xhigh', 'max'] as const;

/** The reasoning effort that a client requests. */
export interface Effort {
  readonly param: string;
  readonly value: (typeof EFFORTS)[number];
}

/** Reasoning in the terms of Anthropic's API, which separate whether a model reasons from how much. */
export interface Thinking {
  /** @default - what the model does by itself */
  readonly type?: 'adaptive' | 'enabled' | 'disabled';
  /** The most tokens of reasoning; with `enabled` only. */
  readonly budget?: number;
  /** Whether the text of the reasoning is shown. */
  readonly display?: 'summarized' | 'omitted';
  readonly effort?: (typeof MESSAGE_EFFORTS)[number];
}

/** A client's wish that the provider caches the prompt. */
export interface CacheControl {
  readonly type: 'ephemeral';
  readonly ttl?: '5m' | '1h';
}

/** The request of a chat, a response or a message to a model, before the model is chosen. */
export interface ModelRequest {
  readonly converse: ConverseRequest;
  /** The parameter that holds the conversation. */
  readonly conversationParam: 'messages' | 'input';
  /** The parameter that holds its system messages. */
  readonly systemParam: 'messages' | 'input' | 'instructions' | 'system';
  /** The parameter that limits the tokens of the answer. */
  readonly lengthParam: 'max_tokens' | 'max_completion_tokens' | 'max_output_tokens';
  /** The parameter that holds the stop sequences. */
  readonly stopParam?: 'stop' | 'stop_sequences';
  readonly format?: AnswerFormat;
  readonly effort?: Effort;
  /** Takes the place of `effort`. */
  readonly thinking?: Thinking;
  /** Whether the client requests the text of the model's reasoning. */
  readonly showsReasoning?: boolean;
  readonly cacheControl?: CacheControl;
  /** Whether a provider that caches on its own may do so in its memory only, because the tenant's content is stored nowhere. */
  readonly cachesInMemory?: boolean;
  /** Whether the model may call several tools in one turn. */
  readonly severalCalls: boolean;
}
