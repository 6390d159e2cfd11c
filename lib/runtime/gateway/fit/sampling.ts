import { type Draft, type Fit, type Unable, withInference } from './fit';

/** The smallest `top_p` that Claude accepts while it reasons. */
const LEAST_TOP_P = 0.95;

/**
 * Temperature and top_p. 1 is OpenAI's default of both, so it is left out where the model chooses its own value; any other value
 * is sent or refused.
 */
export const fitSampling: Fit = (draft, { effort }, traits): Draft | Unable => {
  const { temperature, topP } = draft.converse.inferenceConfig ?? {};
  const sampling = draft.reasons === 'alone' ? 'none' : (traits.sampling ?? 'both');
  const hasReasons = draft.reasons === 'alone' || draft.reasons === 'claude';
  const instead = hasReasons ? ` while it reasons; leave it out, or '${effort?.param}'` : '; leave it out';
  const own = (param: string): Unable => ({ cannot: param, why: `this model chooses it itself${instead}` });
  const fixed = sampling === 'none';
  if ((fixed || draft.reasons === 'claude') && isOther(temperature)) return own('temperature');
  if (fixed ? isOther(topP) : draft.reasons === 'claude' && topP !== undefined && topP < LEAST_TOP_P)
    return own('top_p');
  if (fixed) return without(draft, 'temperature', 'topP');
  const steady = draft.reasons === 'claude' ? without(draft, 'temperature') : draft;
  if (sampling === 'both' || temperature === undefined || topP === undefined) return steady;
  if (topP === 1) return without(steady, 'topP');
  if (temperature === 1) return without(steady, 'temperature');
  return {
    cannot: 'temperature',
    why: "this model accepts either 'temperature' or 'top_p', not both; leave out one of them",
  };
};

/** Stop sequences. */
export const fitStop: Fit = (draft, _request, { stopSequences: most }): Draft | Unable => {
  const given = draft.converse.inferenceConfig?.stopSequences?.length ?? 0;
  if (most === null || given <= most) return draft;
  const why = most === 0 ? "this model doesn't accept stop sequences" : `this model accepts at most ${most} sequences`;
  return { cannot: 'stop', why };
};

const isOther = (value: number | undefined) => value !== undefined && value !== 1;

function without(draft: Draft, ...names: readonly ('temperature' | 'topP')[]): Draft {
  const config = draft.converse.inferenceConfig;
  const given = names.filter((name) => config?.[name] !== undefined);
  return given.length === 0 ? draft : withInference(draft, Object.fromEntries(given.map((name) => [name, undefined])));
}
