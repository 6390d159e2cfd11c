import { OWN_RULES, type RulePage } from '../rule/own-rules';
import { RULES } from '../rules';

/** A page of a rule, with what the rule looks at. */
export interface FullPage extends RulePage {
  /** In words: `every resource`, types of resources, or what of the guard itself. */
  readonly appliesTo: string;
  /** How it ends a check. */
  readonly level: string;
}

/** A rule that looks at more types than this is described by their services. */
const MOST_TYPES = 12;

/** The pages of all rules, and of what the guard reports about itself. */
export function allPages(): FullPage[] {
  return [
    ...RULES.map((rule) => ({
      ...rule,
      appliesTo: target(rule.appliesTo),
      level: 'block; unresolved where a value is not known',
    })),
    ...OWN_RULES.map((page) => ({
      ...page,
      appliesTo: 'the guard itself and what its owner declares',
      level: OWN_LEVEL,
    })),
  ];
}

const OWN_LEVEL = 'unresolved, or info where nothing depends on it';

/** A rule's page as text for a terminal. */
export function rulePage({ id, title, why, fix, source, appliesTo, level }: FullPage): string {
  return [
    `${id}: ${title}`,
    '',
    `why         ${why}`,
    `fix         ${fix}`,
    `applies to  ${appliesTo}`,
    `level       ${level}`,
    `source      ${source}`,
  ].join('\n');
}

function target(appliesTo: readonly string[] | '*' | 'template'): string {
  if (appliesTo === '*') return 'every resource';
  if (appliesTo === 'template') return 'the template as a whole';
  if (appliesTo.length <= MOST_TYPES) return [...appliesTo].sort().join(', ');
  const services = [...new Set(appliesTo.map((type) => type.split('::').slice(0, 2).join('::')))].sort();
  const shown = services.length <= MOST_TYPES ? services : [...services.slice(0, MOST_TYPES), '…'];
  return `${appliesTo.length} types of ${services.length} services: ${shown.join(', ')}`;
}
