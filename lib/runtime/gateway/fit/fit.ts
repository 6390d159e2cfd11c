import type { ConverseRequest } from '../bedrock/bedrock';
import type { ModelRequest } from '../converse/model-request';
import type { Traits } from './traits';

/** A request on its way into the form of one model. */
export interface Draft {
  readonly converse: ConverseRequest;
  readonly answerTool?: string;
  readonly whole?: true;
  readonly ignored?: readonly string[];
  /** What the requested reasoning excludes; absent unless reasoning was switched on. */
  readonly reasons?: 'alone' | 'claude' | 'freely';
}

/** A request in the form of one destination. */
export interface Prepared {
  readonly converse: ConverseRequest;
  /** The request in the values of a chat completion, for a destination that is called by OpenAI's protocol. */
  readonly chat?: ModelRequest;
  /** The tool whose input is the answer, if the format is enforced that way. */
  readonly answerTool?: string;
  /** Whether the model can't stream this request, so that its answer is requested as a whole. */
  readonly whole?: true;
  /** The parameters that aren't sent, or not with their value; none if there aren't any. */
  readonly ignored?: readonly string[];
}

/** The parameter because of which a destination can't serve the request. */
export interface Unable {
  readonly cannot: string;
  /** @default - the parameter can't be enforced for the model */
  readonly why?: string;
  /** Whether it would leave the deployment against its policy, rather than not be honoured. */
  readonly leaves?: true;
}

/** Fits one part of a request to what a model accepts, or names the parameter that it can't honour. */
export type Fit = (draft: Draft, request: ModelRequest, traits: Traits) => Draft | Unable;

/** The draft with other values of `inferenceConfig`. */
export const withInference = (draft: Draft, values: ConverseRequest['inferenceConfig']): Draft => ({
  ...draft,
  converse: { ...draft.converse, inferenceConfig: { ...draft.converse.inferenceConfig, ...values } },
});

/** The draft with further fields of the model's own. */
export const withFields = (draft: Draft, fields: Readonly<Record<string, unknown>>): Draft => ({
  ...draft,
  converse: { ...draft.converse, additionalModelRequestFields: fields as never },
});

/** The parameter that requests reasoning. */
export const reasoningParam = ({ effort }: ModelRequest): string => effort?.param ?? 'thinking';

/** The draft without a parameter that is only a hint, or without its exact value. */
export const ignoring = (draft: Draft, param: string): Draft => ({
  ...draft,
  ignored: [...(draft.ignored ?? []), param],
});
