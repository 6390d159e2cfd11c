/**
 * The requests that a model answers, now or in the background. `count_tokens` and `input_tokens` estimate without a model. A test has a
 * row for each path, so that a new one can't be forgotten here.
 */
const USING = /^\/v1\/(chat\/completions|responses|messages|embeddings|batches)\/?$/;

/**
 * Whether a request uses tokens, and is refused once they are used up. All others are served: a member without tokens left can still
 * read, change and delete their content, cancel jobs, and replace a key that leaked.
 */
export const usesTokens = ({ method, path }: { readonly method: string; readonly path: string }): boolean =>
  method === 'POST' && USING.test(path);
