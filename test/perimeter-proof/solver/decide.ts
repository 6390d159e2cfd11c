import type { Formula } from '../encoding/formula';
import { type Assignment, Encoding } from '../encoding/smt';
import { textsOf } from '../encoding/texts';
import { type Command, solve } from './solver';

/** An answer to whether a request exists. */
export interface Answer {
  /** A request, if one exists. */
  readonly request: Assignment | undefined;
}

/** Asks for each question whether some request fulfils it. Parts that several questions share are encoded once. */
export function decide(
  questions: readonly Formula[],
  shared: readonly Formula[] = [],
  preferred: Readonly<Record<string, readonly string[]>> = {},
): Answer[] {
  const encoding = new Encoding([...shared, ...questions], textsOf(preferred));
  const commands: Command[] = [
    { command: encoding.declarations() },
    ...shared.map((formula) => ({ command: encoding.define(formula) })),
    ...questions.map((question) => ({
      command: `(push)(assert ${encoding.term(question)})(check-sat)`,
      ifSat: `(get-value (${encoding.valueTerms().join(' ')}))`,
      last: '(pop)',
    })),
  ];
  return solve(commands)
    .slice(1 + shared.length)
    .map(({ answer, model }) => {
      if (answer !== 'sat' && answer !== 'unsat') throw new Error(`the solver decided nothing: ${answer}`);
      return { request: answer === 'sat' ? encoding.read(readModel(model ?? '')) : undefined };
    });
}

/** The values of `get-value`: `((v0 v0c3) (f1 true))`. */
const readModel = (text: string): Map<string, string> =>
  new Map([...text.matchAll(/\((\w+) (\w+)\)/g)].map(([, symbol, value]) => [symbol as string, value as string]));
