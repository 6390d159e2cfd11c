import { Reference } from '../../guard/template/node';
import { readable } from '../../guard/template/placeholder';
import {
  IDENTITY_POLICY_TYPES,
  isUnread,
  type Statement,
  statementsOf,
  type Unread,
} from '../../guard/template/policy-statements';
import type { Resource, Selected } from '../../guard/template/resource';
import { type Assembly, nameIn, type Placed } from './assembly';
import type { Principal } from './key-access';
import { identityOf } from './principals';

/** A statement of an IAM policy, and the identities that hold it. */
export interface Held {
  readonly stack: string;
  readonly statement: Statement;
  /** The identities as they are named next to a key of a stack. */
  of(stack: string): Principal[];
}

/** The properties that name the holders of each type of policy; a type that isn't here holds its own. */
const HOLDERS: Readonly<Record<string, readonly string[][]>> = {
  'AWS::IAM::Policy': [
    ['Roles', '*'],
    ['Users', '*'],
    ['Groups', '*'],
  ],
  'AWS::IAM::ManagedPolicy': [
    ['Roles', '*'],
    ['Users', '*'],
    ['Groups', '*'],
  ],
  'AWS::IAM::RolePolicy': [['RoleName']],
  'AWS::IAM::UserPolicy': [['UserName']],
  'AWS::IAM::GroupPolicy': [['GroupName']],
};

/** Every statement of the IAM policies of an assembly, and those that can't be read. */
export function identityStatements(assembly: Assembly): {
  readonly held: Held[];
  readonly unread: (Unread & { in: string })[];
} {
  const held: Held[] = [];
  const unread: (Unread & { in: string })[] = [];
  for (const placed of assembly.resources) {
    if (!IDENTITY_POLICY_TYPES.includes(placed.resource.type)) continue;
    for (const statement of statementsOf(placed.resource)) {
      if (isUnread(statement)) unread.push({ ...statement, in: `${placed.stack}/${nameIn(placed.stack, placed)}` });
      else held.push(heldBy(placed, statement, assembly));
    }
  }
  return { held, unread };
}

function heldBy(placed: Placed, statement: Statement, assembly: Assembly): Held {
  const holders = holdersOf(placed.resource);
  const of = (stack: string): Principal[] => {
    if (holders.length === 0) return [identityOf(placed, stack, assembly)];
    return holders.map(({ value }) => {
      const holder = value instanceof Reference ? assembly.find(value, placed.stack) : undefined;
      if (holder !== undefined) return identityOf(holder, stack, assembly);
      const who = typeof value === 'string' ? readable(value) : `a holder of ${nameIn(stack, placed)}`;
      return { who, kind: 'identity' };
    });
  };
  return { stack: placed.stack, statement, of };
}

const holdersOf = (resource: Resource): Selected[] =>
  (HOLDERS[resource.type] ?? []).flatMap((path) => resource.select(...path));
