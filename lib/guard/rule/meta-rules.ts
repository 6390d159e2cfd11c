import type { Finding, Level } from '../finding';
import type { Rule } from './rule';

/** The content of a rule's page. */
export type RulePage = Pick<Rule, 'id' | 'title' | 'why' | 'fix' | 'source'>;

const SYNTHESIS = 'https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html';
const ACCOUNTABILITY = 'https://eur-lex.europa.eu/eli/reg/2016/679/oj#art_5';

/** The page of a rule about the guard or its declarations, with the levels that its findings have. */
export interface MetaPage extends RulePage {
  readonly level: string;
}

const DECLARED = 'unresolved, or info where nothing depends on it';

/**
 * The rules about the guard itself and about the app owner's declarations. Nothing silences them: no exception applies to
 * them, and no baseline contains them.
 */
export const META_RULES: readonly MetaPage[] = [
  {
    id: 'guard-failed',
    level: 'unresolved',
    title: 'The guard runs to completion',
    why: 'A guard that fails part-way has checked nothing, and anything unchecked is refused.',
    fix: 'Report this with the template that caused it; until it is fixed, deploy nothing from this app.',
    source: SYNTHESIS,
  },
  {
    id: 'template-readable',
    level: 'unresolved',
    title: 'Every template can be read',
    why: "A missing or broken template wasn't checked, and anything unchecked is refused.",
    fix: 'Synthesize the whole app (`app.synth()`), not part of it, and leave its output in place.',
    source: SYNTHESIS,
  },
  {
    id: 'assembly-differs',
    level: 'block',
    title: 'Only checked stacks are deployed',
    why: "The guard checks the stacks in the construct tree. A stack that only the manifest has, or has in another Region, wasn't checked, nor was a change after the check.",
    fix: 'Define the stack as a construct in the app, in the Region that it is deployed to. Change constructs, not the output.',
    source: SYNTHESIS,
  },
  {
    id: 'egress-differs',
    level: 'block; unresolved, or info, where its stack is not among the inputs, or not known to be',
    title: 'The egress stack of a deployment is as it was defined',
    why: 'Each route, rule and list of the egress stack limits where content can be sent, and so does the endpoint by which gateways call its function. With `--config`, `check` compares all of them.',
    fix: 'Undo the change: synthesize again, and deploy that output. To reach another host, declare it in `residency.yaml`.',
    source: 'https://docs.aws.amazon.com/network-firewall/latest/developerguide/route-tables.html',
  },
  {
    id: 'exception-unused',
    level: DECLARED,
    title: 'Every exception is used',
    why: 'An exception that permits nothing today would silently permit the next mistake.',
    fix: 'Delete the exception, or correct its fields.',
    source: ACCOUNTABILITY,
  },
  {
    id: 'exception-expired',
    level: DECLARED,
    title: 'No exception has expired',
    why: 'An exception is valid until its expiry date, when it has to be reviewed.',
    fix: 'Fix the finding and delete the exception, or have it approved again with a later expiry date.',
    source: ACCOUNTABILITY,
  },
  {
    id: 'exception-incomplete',
    level: DECLARED,
    title: 'Every exception has a reason, an approver and an expiry date',
    why: 'An exception that no one is accountable for is a gap, so it permits nothing.',
    fix: 'Add the missing fields to the exception.',
    source: ACCOUNTABILITY,
  },
  {
    id: 'baseline-unused',
    level: 'info',
    title: 'The baseline contains only current findings',
    why: 'A row for a finding that has been fixed would let the same leak return.',
    fix: 'Rewrite the baseline: `eu-residency check --write-baseline`.',
    source: ACCOUNTABILITY,
  },
  {
    id: 'baseline-expired',
    level: 'info',
    title: 'No baseline row has expired',
    why: 'A row with an expiry date was a promise to fix the finding by then.',
    fix: 'Fix the finding, then rewrite the baseline.',
    source: ACCOUNTABILITY,
  },
];

const PAGES = new Map(META_RULES.map((page) => [page.id, page]));

/** Whether a rule is about the guard or its declarations rather than a template. */
export const isMetaRule = (id: string): boolean => PAGES.has(id);

/** A finding about the guard itself or its declarations. */
export function metaFinding(
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
