import type { Formula } from '../encoding/formula';
import { type Assignment, Encoding } from '../encoding/smt';
import { textsOf } from '../encoding/texts';
import { solve } from './solver';

/**
 * Asks for each question for a request that fulfils it; `undefined` is a proof that there is none. Parts that several questions share are
 * encoded once.
 *
 * @param preferred texts of variables to use in requests before others
 */
export function decide(
  questions: readonly Formula[],
  shared: readonly Formula[] = [],
  preferred: Readonly<Record<string, readonly string[]>> = {},
): (Assignment | undefined)[] {
  const encoding = new Encoding([...shared, ...questions], textsOf(preferred));
  const parts = [...new Set(shared)];
  const assertions = [...encoding.domains(), ...parts.map((formula) => encoding.define(formula))];
  const asked = questions.map((question) => `(assert ${encoding.term(question)})`);
  return solve({ declarations: encoding.declarations(), assertions, questions: asked }).map(({ answer, model }) => {
    if (answer === 'unknown') throw new Error('the solver decided nothing');
    return model === undefined ? undefined : encoding.read(model);
  });
}
