import { isMetaRule, META_RULES, type RulePage } from '../rule/meta-rules';
import { ANNOUNCED, sinceOf } from '../rule/since';
import { RULES } from '../rules';
import { exampleException } from './exception-to-paste';
import { hanging, wrap } from './wrap';

/** The page of a rule, with the resources it checks. */
export interface FullPage extends RulePage {
  /** In words: `every resource`, types of resources, or a part of the guard itself. */
  readonly appliesTo: string;
  /** The level of its findings. */
  readonly level: string;
  /** The version that it came with. */
  readonly since: string;
}

/** A rule for more types than this is described by their services. */
const MOST_TYPES = 12;

/** The pages of all rules, including those of the guard about itself. */
export function allPages(): FullPage[] {
  return [
    ...RULES.map((rule) => ({
      ...rule,
      appliesTo: target(rule.appliesTo),
      level: levelOf(rule.id),
      since: sinceOf(rule.id),
    })),
    ...META_RULES.map((page) => ({
      ...page,
      appliesTo: 'the guard itself and what its owner declares',
      since: sinceOf(page.id),
    })),
  ];
}

function levelOf(id: string): string {
  const announced = ANNOUNCED[id];
  const level = 'block; unresolved where a value is not known';
  return announced === undefined ? level : `info; from version ${announced} on, ${level}`;
}

const INDENT = 12;

/** A rule's page as text for a terminal. */
export function rulePage(page: FullPage, width = Number.POSITIVE_INFINITY, now = new Date()): string {
  const { id, title, why, fix, source, appliesTo, level, since } = page;
  const part = (name: string, text: string) => hanging(name, text, width, INDENT);
  return [
    ...wrap(`${id}: ${title}`, width),
    '',
    ...part('why', why),
    ...part('fix', fix),
    ...part('applies to', appliesTo),
    ...part('level', level),
    `since       ${since}`,
    `source      ${source}`,
    ...part('exception', isMetaRule(id) ? NO_EXCEPTION : HOW_TO_EXCEPT),
    ...(isMetaRule(id) ? [] : exampleException(id, now).map((line) => `${' '.repeat(INDENT)}${line}`)),
  ].join('\n');
}

const NO_EXCEPTION = 'not possible: the rule is about the guard itself and what its owner declares';
const HOW_TO_EXCEPT =
  "add an entry to 'exceptions' of residency.yaml or residency-exceptions.yaml; 'eu-residency check' prints the entry for each finding:";

function target(appliesTo: readonly string[] | '*' | 'template'): string {
  if (appliesTo === '*') return 'every resource';
  if (appliesTo === 'template') return 'the template as a whole';
  if (appliesTo.length <= MOST_TYPES) return [...appliesTo].sort().join(', ');
  const services = [...new Set(appliesTo.map((type) => type.split('::').slice(0, 2).join('::')))].sort();
  const shown = services.length <= MOST_TYPES ? services : [...services.slice(0, MOST_TYPES), '…'];
  return `${appliesTo.length} types of ${services.length} services: ${shown.join(', ')}`;
}
