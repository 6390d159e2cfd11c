import type { Expression } from './configuration';
import type { Plan, PlannedResource } from './plan';

/** What a value that is known only after the plan is applied depends on. */
export interface Origins {
  readonly resources: readonly PlannedResource[];
  /** Values of it that are known. */
  readonly known?: readonly unknown[];
  /** Why some of it can't be followed; none if all of it can. */
  readonly open?: string;
}

/** Where an expression is written. */
export interface Place {
  readonly plan: Plan;
  /** The modules around it, as in the address of a resource; one without an index stands for all its instances. */
  readonly modules: readonly string[];
  /** The `for_each` of the resource, for `each.value`. */
  readonly forEach?: Expression;
}

/** An expression whose origins are asked for. */
export interface Question {
  readonly node: unknown;
  readonly place: Place;
}

/** What an expression leads to: origins, and further expressions with theirs. */
export type Parts = readonly (Origins | Question)[];

interface Frame {
  readonly question: Question;
  readonly parts: Parts;
  readonly answers: Origins[];
}

/**
 * The origins of an expression. Each expression of a module is followed once for each plan, because several ways may lead to it: with two
 * arguments that a chain of modules passes on, their number doubles with each module. A chain may be longer than the stack is deep.
 */
export function followed(question: Question, partsOf: (question: Question) => Parts): Origins {
  const known = answersOf(question.place.plan);
  const before = known.get(question);
  if (before !== undefined) return before;
  const frames: Frame[] = [];
  const start = (one: Question) => {
    known.set(one, CIRCLE);
    frames.push({ question: one, parts: partsOf(one), answers: [] });
  };
  start(question);
  for (;;) {
    const frame = frames.at(-1) as Frame;
    const part = frame.parts[frame.answers.length];
    if (part === undefined) {
      const answer = joined(frame.answers);
      known.set(frame.question, answer);
      frames.pop();
      const asking = frames.at(-1);
      if (asking === undefined) return answer;
      asking.answers.push(answer);
      continue;
    }
    const answer = 'resources' in part ? part : known.get(part);
    if (answer === undefined) start(part as Question);
    else frame.answers.push(answer);
  }
}

/** The answer to an expression while it is followed: no configuration that Terraform plans leads back to it. */
const CIRCLE: Origins = { resources: [], open: 'its expression leads back to itself' };

/** The answers by the modules around an expression, and by the expression itself. */
class Answers {
  private readonly byModule = new Map<string, Map<unknown, Origins>>();

  public get({ node, place }: Question): Origins | undefined {
    return this.byModule.get(place.modules.join('.'))?.get(node);
  }

  public set({ node, place }: Question, answer: Origins): void {
    if (typeof node !== 'object' || node === null) return;
    const module = place.modules.join('.');
    const ofModule = this.byModule.get(module);
    if (ofModule === undefined) this.byModule.set(module, new Map([[node, answer]]));
    else ofModule.set(node, answer);
  }
}

const byPlan = new WeakMap<Plan, Answers>();

function answersOf(plan: Plan): Answers {
  const known = byPlan.get(plan);
  if (known !== undefined) return known;
  const answers = new Answers();
  byPlan.set(plan, answers);
  return answers;
}

/** All answers as one; several ways may lead to the same one. */
function joined(answers: readonly Origins[]): Origins {
  const [first, ...others] = new Set(answers);
  if (first !== undefined && others.length === 0) return first;
  return {
    resources: [...new Set(answers.flatMap(({ resources }) => resources))],
    known: [...new Set(answers.flatMap(({ known = [] }) => known))],
    open: answers.find((one) => one.open !== undefined)?.open,
  };
}
