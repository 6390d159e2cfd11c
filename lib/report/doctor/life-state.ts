import type { ModelLife } from '../../boundary/lifecycle';
import type { DoctorState } from './doctor-line';

/** The state of a model's line: the worst that the facts or Bedrock say. */
export function lifeState(...lives: readonly ModelLife[]): Exclude<DoctorState, 'not-visible'> {
  if (lives.some(({ state }) => state === 'ended')) return 'missing';
  return lives.some(({ state }) => state === 'ending') ? 'soon' : 'ok';
}
