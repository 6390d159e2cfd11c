import { type Draft, type Fit, ignoring, reasoningParam, type Unable, withInference } from './fit';
import { NOTHING_KNOWN } from './traits';

/** The smallest `top_p` that Claude accepts while it reasons. */
const LEAST_TOP_P = 0.95;

/**
 * Temperature and top_p. 1 is OpenAI's default of both, so it is left out where the model chooses its own value; any other value
 * is sent or refused.
 */
export const fitSampling: Fit = (draft, request, traits): Draft | Unable => {
  const { temperature, topP } = draft.converse.inferenceConfig ?? {};
  const sampling = draft.reasons === 'alone' ? 'none' : (traits.sampling ?? 'both');
  const hasReasons = draft.reasons === 'alone' || draft.reasons === 'claude';
  const own = (param: string): Unable => ({
    cannot: param,
    why: hasReasons
      ? `this model sets its own ${param} while it reasons; leave out '${param}' or '${reasoningParam(request)}'`
      : `this model sets its own ${param}; leave it out`,
  });
  const fixed = sampling === 'none';
  if ((fixed || draft.reasons === 'claude') && isOther(temperature)) return own('temperature');
  if (fixed ? isOther(topP) : draft.reasons === 'claude' && topP !== undefined && topP < LEAST_TOP_P)
    return own('top_p');
  // Of a model of which nothing is known, it isn't known either that 1 is its default.
  if (fixed) return without(draft, traits === NOTHING_KNOWN, 'temperature', 'topP');
  const steady = draft.reasons === 'claude' ? without(draft, false, 'temperature') : draft;
  if (sampling === 'both' || temperature === undefined || topP === undefined) return steady;
  if (topP === 1) return without(steady, false, 'topP');
  if (temperature === 1) return without(steady, false, 'temperature');
  return {
    cannot: 'temperature',
    why: "this model accepts either 'temperature' or 'top_p', not both; leave out one of them",
  };
};

/** Stop sequences. */
export const fitStop: Fit = (draft, { stopParam = 'stop' }, { stopSequences: most }): Draft | Unable => {
  const given = draft.converse.inferenceConfig?.stopSequences?.length ?? 0;
  if (most === null || given <= most) return draft;
  const why = most === 0 ? "this model doesn't accept stop sequences" : `this model accepts at most ${most} sequences`;
  return { cannot: stopParam, why };
};

const isOther = (value: number | undefined) => value !== undefined && value !== 1;

function without(draft: Draft, isListed: boolean, ...names: readonly ('temperature' | 'topP')[]): Draft {
  const config = draft.converse.inferenceConfig;
  const given = names.filter((name) => config?.[name] !== undefined);
  if (given.length === 0) return draft;
  const left = withInference(draft, Object.fromEntries(given.map((name) => [name, undefined])));
  return isListed ? given.reduce((listed, name) => ignoring(listed, name === 'topP' ? 'top_p' : name), left) : left;
}
