import type { ConverseRequest } from '../bedrock/bedrock';

export type JsonObject = Readonly<Record<string, unknown>>;

/** The form that a client wants the text of an answer to have. */
export interface AnswerFormat {
  /** The parameter that asked for it. */
  readonly param: string;
  /** The parameter that holds the schema. */
  readonly schemaParam: string;
  readonly name: string;
  readonly description?: string;
  /** @default - any JSON object */
  readonly schema?: JsonObject;
  /** Whether the client wants to be sure of the form; Bedrock always is. */
  readonly strict?: boolean;
}

/** How much a client wants the model to reason. */
export interface Effort {
  readonly param: string;
  readonly value: 'low' | 'medium' | 'high';
}

/** What a chat or a response asks of a model, before the model is chosen. */
export interface ModelRequest {
  readonly converse: ConverseRequest;
  /** The parameter that holds the conversation. */
  readonly conversationParam: 'messages' | 'input';
  readonly format?: AnswerFormat;
  readonly effort?: Effort;
  /** Whether the model may call several tools in one turn. */
  readonly severalCalls: boolean;
}
