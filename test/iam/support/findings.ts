import { ABSENT, AnyValue, type Context, type ContextValue } from '../calls/row';
import type { Account, DeployedFunction } from './account';
import type { Call } from './call';
import { type Answer, ask, type Question } from './matrix';
import { listOf, matches } from './pattern';
import { type Accepted, widerThanNeeded } from './width';

/** What a deployment's policies decide, and every finding. */
export interface Result {
  readonly findings: readonly string[];
  readonly functions: readonly Counts[];
  /** The accepted permissions that no call needs. */
  readonly wider: readonly Accepted[];
}

/** The numbers of a function: its calls, and those of all other functions, which must be denied. */
export interface Counts {
  readonly fn: string;
  readonly needed: number;
  readonly allowedInside: number;
  readonly allowedOutside: number;
  readonly others: number;
  readonly deniedOthers: number;
}

/** Checks every call of every function, or of some, and that no function can do more. */
export function check(account: Account, calls: readonly Call[], only: RegExp = /./): Result {
  const functions = account.functions.filter(({ path }) => only.test(path));
  const needed = neededBy(functions, calls);
  const others = functions.flatMap((fn) => othersOf(fn, calls));
  const changed = needed.flatMap((question) => withForeignValues(question, calls));
  const wider = widerThanNeeded(account, calls);
  const answers = ask(account, [...needed, ...others, ...changed]);
  const [ofNeeded, ofOthers, ofChanged] = [
    answers.slice(0, needed.length),
    answers.slice(needed.length, needed.length + others.length),
    answers.slice(needed.length + others.length),
  ];
  return {
    findings: [
      ...answers.flatMap(problemsOf),
      ...ofNeeded
        .filter(({ isAllowed }) => !isAllowed)
        .map((one) => `${nameOf(one)} is denied, and the function needs it`),
      ...ofOthers
        .filter(({ isAllowed }) => isAllowed)
        .map((one) => `${nameOf(one)} is allowed, and only other functions need it`),
      ...ofChanged
        .filter(({ isAllowed }) => isAllowed)
        .map((one) => `${nameOf(one)} is allowed with another value of ${Object.keys(one.changed ?? {})}`),
      ...wider
        .filter(({ accepted }) => accepted === undefined)
        .map(({ found: { policy, action, on } }) => `${policy} allows ${action} on ${on}, and no call needs it`),
    ],
    wider: wider.flatMap(({ accepted }) => accepted ?? []),
    functions: functions.map((fn) => {
      const own = ofNeeded.filter((one) => one.fn === fn);
      const foreign = [...ofOthers, ...ofChanged].filter((one) => one.fn === fn);
      const allowed = (from: string) => own.filter((one) => one.from === from && one.isAllowed).length;
      return {
        fn: fn.path,
        needed: own.filter(({ from }) => from === 'outside').length,
        allowedInside: allowed('inside'),
        allowedOutside: allowed('outside'),
        others: foreign.length,
        deniedOthers: foreign.filter(({ isAllowed }) => !isAllowed).length,
      };
    }),
  };
}

/** Every call that functions need, from everywhere that they make it. */
export const neededBy = (functions: readonly DeployedFunction[], calls: readonly Call[]): Question[] =>
  functions.flatMap((fn) => questionsOf(fn, unique(calls.filter((one) => one.fn === fn))));

const problemsOf = (answer: Answer): string[] => (answer.problem ? [`${nameOf(answer)}: ${answer.problem}`] : []);

const nameOf = ({ fn, call, from }: Question): string =>
  `${fn.path}: ${call.action} on ${call.on} from ${from} (${call.by})`;

/** A function in the VPC is asked from inside, through the endpoints, and from outside, where only its role counts. */
const questionsOf = (fn: DeployedFunction, calls: readonly Call[]): Question[] =>
  calls.flatMap((call) =>
    (fn.inVpc ? (['inside', 'outside'] as const) : (['outside'] as const)).map((from) => ({ fn, call, from })),
  );

const idOf = ({ action, on, context }: Call): string =>
  JSON.stringify([action, on, Object.entries(context).map(([key, value]) => [key, value === ABSENT ? null : value])]);

const unique = (calls: readonly Call[]): Call[] => [...new Map(calls.map((call) => [idOf(call), call])).values()];

/** The calls of other functions that a function doesn't need itself. */
const othersOf = (fn: DeployedFunction, calls: readonly Call[]): Question[] =>
  unique(calls.filter((call) => call.fn !== fn && !call.byLambda && !isNeeded(fn, call, call.context, calls))).map(
    (call) => ({
      fn,
      call,
      from: 'outside',
    }),
  );

/** The same call with another partition, encryption context, service or profile, which no call of the function has. */
const withForeignValues = (question: Question, calls: readonly Call[]): Question[] =>
  question.from === 'inside'
    ? []
    : Object.entries(question.call.context).flatMap(([key, value]) => {
        if (value === ABSENT || value instanceof AnyValue) return [];
        const foreign = key === 'kms:ViaService' ? 'foreign.amazonaws.com' : 'foreign';
        const changed = { [key]: typeof value === 'string' ? foreign : [foreign] };
        const { fn, call } = question;
        return isNeeded(fn, call, { ...call.context, ...changed }, calls) ? [] : [{ ...question, changed }];
      });

/** Whether some call of a function is this one: the action, on the resource, under conditions that this context satisfies. */
const isNeeded = (fn: DeployedFunction, { action, on }: Call, context: Context, calls: readonly Call[]): boolean =>
  calls.some(
    (own) =>
      own.fn === fn &&
      own.action.toLowerCase() === action.toLowerCase() &&
      matches(own.on, on) &&
      Object.entries(own.context).every(
        ([key, value]) => value === ABSENT || value instanceof AnyValue || isWithin(context[key], value),
      ),
  );

/** A call with any value is asked with its sample. */
const isWithin = (given: ContextValue | undefined, allowed: string | readonly string[]): boolean =>
  given instanceof AnyValue
    ? isWithin(given.sample, allowed)
    : (typeof given === 'string' || Array.isArray(given)) &&
      listOf<string>(given).every((one) => listOf(allowed).includes(one));
