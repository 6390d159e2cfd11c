import type { PerimeterScope } from './scope';

/** A name that doesn't fit what else a perimeter names. */
export interface NameMistake {
  readonly list: 'deployRoles' | 'managementRoles' | 'deployments';
  readonly index: number;
  readonly text: string;
}

type Names = Pick<PerimeterScope, 'deployRoles' | 'managementRoles' | 'managementAccount' | 'deployments'>;

const CONTROL_TOWER = 'AWSControlTowerExecution';

/** Roles that AWS and the CDK CLI name, such as `aws-controltower-ConfigRecorderRole`, and paths, such as `aws-service-role/`. */
const RESERVED = ['aws-*', 'cdk-*'];

/** The names that lock out a tool, or roles that have to be passed. */
export const nameMistakes = (names: Names): NameMistake[] => [...controlTowerMistakes(names), ...prefixMistakes(names)];

/** Control Tower assumes its role from the management account, which must be known so that no other account can. */
function controlTowerMistakes({ deployRoles, managementRoles = [], managementAccount }: Names): NameMistake[] {
  const at = (list: 'deployRoles' | 'managementRoles', names: readonly string[], why: string): NameMistake[] => {
    const index = names.findIndex((name) => matches(name, CONTROL_TOWER));
    return index < 0 ? [] : [{ list, index, text: `found '${names[index]}', ${why}` }];
  };
  return [
    ...at(
      'deployRoles',
      deployRoles,
      `which matches '${CONTROL_TOWER}', but only AWS services assume a role that deploys, so Control Tower couldn't; name it in 'managementRoles' instead`,
    ),
    ...(managementAccount === undefined
      ? at(
          'managementRoles',
          managementRoles,
          `which matches '${CONTROL_TOWER}', a role that is assumed from the management account; add its ID as 'managementAccount', otherwise the policies deny this`,
        )
      : []),
  ];
}

/**
 * Only deployers can pass roles whose names begin with that of a deployment: other roles must not begin with it. And a deployment's own roles
 * must not count as those that deploy or manage.
 */
const prefixMistakes = ({ deployRoles, managementRoles = [], deployments = [] }: Names): NameMistake[] =>
  deployments.flatMap((name, index) => {
    const taken = [...deployRoles, ...managementRoles, ...RESERVED].find((pattern) => overlaps(pattern, `${name}-`));
    return taken === undefined
      ? []
      : [
          {
            list: 'deployments' as const,
            index,
            text: `found '${name}', but roles named '${name}-*' can also be those of '${taken}', and the policies can't tell them apart; use a name with which no other role begins, or a pattern of roles that begins with more text`,
          },
        ];
  });

/** Whether a name with `*` matches this text. */
function matches(pattern: string, text: string): boolean {
  const [head = '', ...parts] = pattern.split('*');
  const tail = parts.pop();
  if (tail === undefined) return pattern === text;
  if (!text.startsWith(head)) return false;
  let at = head.length;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - at >= tail.length && text.endsWith(tail);
}

/** What CloudFormation adds to the name of a role: at least so many letters and digits at random, in upper and lower case. */
const RANDOM = 12;

/**
 * Whether the name of a deployment's role can end so: in what CloudFormation adds, or in a Region, as all names that the constructs give do.
 * `-exec-role` can't be such an end.
 */
const endsRole = (tail: string): boolean => /^[A-Za-z0-9]*$/.test(tail.slice(-RANDOM)) || /(^|-)\d+$/.test(tail);

/**
 * Whether a name with `*` matches roles with this beginning, or would be taken for theirs. What follows the beginning is open, because it has
 * the name of a stack, such as that of a workspace, so a part in the middle rules out nothing unless no stack's name has its characters.
 */
function overlaps(pattern: string, beginning: string): boolean {
  const [head = '', ...rest] = pattern.split('*');
  if (head.startsWith(beginning)) return true;
  const tail = rest.at(-1);
  if (tail === undefined || !beginning.startsWith(head)) return false;
  if (head.endsWith('-')) return true;
  return endsRole(tail) && /^[A-Za-z0-9*-]+$/.test(pattern);
}
