import type { Finding, Level } from '../finding';
import type { Rule } from './rule';

/** What a page of a rule is made from. */
export type RulePage = Pick<Rule, 'id' | 'title' | 'why' | 'fix' | 'source'>;

const SYNTHESIS = 'https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html';
const ACCOUNTABILITY = 'https://eur-lex.europa.eu/eli/reg/2016/679/oj#art_5';

/**
 * What the guard reports about itself and about what its owner declared. Nothing silences these: no exception applies to
 * them, and no baseline holds them.
 */
export const OWN_RULES: readonly RulePage[] = [
  {
    id: 'guard-failed',
    title: 'The guard works to its end',
    why: 'A guard that fails half-way has checked nothing, and what is unchecked is refused.',
    fix: 'Report this with the template that caused it; until then deploy nothing of this app.',
    source: SYNTHESIS,
  },
  {
    id: 'template-readable',
    title: 'Every template can be read',
    why: 'Of a template that is missing or broken nothing was checked, and what is unchecked is refused.',
    fix: 'Synthesize the whole app (`app.synth()`), not a part of it, and leave its output in place.',
    source: SYNTHESIS,
  },
  {
    id: 'assembly-differs',
    title: 'What is deployed is what was checked',
    why: 'The guard judges the stacks of the construct tree; one that only the manifest has, or has elsewhere, was not judged.',
    fix: 'Define the stack as a construct of the app, in the Region that it is deployed to.',
    source: SYNTHESIS,
  },
  {
    id: 'exception-unused',
    title: 'Every exception lets something pass',
    why: 'An exception that lets nothing pass today would let the next mistake pass unseen.',
    fix: 'Delete the exception, or correct what it names.',
    source: ACCOUNTABILITY,
  },
  {
    id: 'exception-expired',
    title: 'No exception has expired',
    why: 'An exception holds until the day on which somebody has to look at it again.',
    fix: 'Mend what the exception was for and delete it, or have it approved again with a later date.',
    source: ACCOUNTABILITY,
  },
  {
    id: 'exception-incomplete',
    title: 'Every exception has a reason, an approver and a last day',
    why: 'An exception for which nobody answers is a hole, so it lets nothing pass.',
    fix: 'Add what is missing to the exception.',
    source: ACCOUNTABILITY,
  },
  {
    id: 'baseline-unused',
    title: 'The baseline holds only what is still found',
    why: 'A row for what is mended would let the same leak come back.',
    fix: 'Write the baseline again: `eu-residency check --write-baseline`.',
    source: ACCOUNTABILITY,
  },
  {
    id: 'baseline-expired',
    title: 'No row of the baseline has expired',
    why: 'A row with a last day was a promise to mend the finding by then.',
    fix: 'Mend the finding, then write the baseline again.',
    source: ACCOUNTABILITY,
  },
];

const PAGES = new Map(OWN_RULES.map((page) => [page.id, page]));

/** Whether a rule is about the guard and its declarations, not about a template. */
export const isOwnRule = (id: string): boolean => PAGES.has(id);

/** A finding of the guard about itself or its declarations. */
export function ownFinding(
  id: string,
  level: Level,
  detail: string,
  where: Pick<Finding, 'stack'> & Partial<Pick<Finding, 'constructPath' | 'source' | 'value' | 'file'>>,
): Finding {
  const page = PAGES.get(id) as RulePage;
  return {
    rule: id,
    level,
    path: '',
    message: `${detail}. ${page.why}`,
    fix: page.fix,
    documentation: page.source,
    ...where,
  };
}
