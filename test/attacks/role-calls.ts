/** A resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: {
    readonly Policies?: readonly { readonly PolicyDocument: Policy }[];
    readonly PolicyDocument?: Policy;
    readonly Roles?: readonly unknown[];
  };
}

interface Policy {
  readonly Statement: readonly Statement[];
}

interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly Resource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A call that a role tries. */
export interface RoleCall {
  readonly action: string;
  /** The beginning of the resource's logical ID, or `*` for any resource. */
  readonly resource: string;
  /** The partition of the table. */
  readonly partition?: string;
  /**
   * Whether the caller meets no condition, such as that of a call through a service.
   *
   * @default false
   */
  readonly isDirect?: boolean;
}

/** The logical ID of a role: the constructs of its function, and a hash. */
export const idOfRole = (role: string): RegExp =>
  new RegExp(`^Workspace${role.replaceAll(' ', '')}(?:Role)?[0-9A-F]{8}$`);

/**
 * Whether a statement of a role's policies allows a call. Denials and policies of resources aren't counted, so a call that only they refuse
 * counts as allowed.
 *
 * @param role the constructs of its function, below the workspace
 * @throws if there is no such role
 */
export function mayCall(resources: Readonly<Record<string, Resource>>, role: string, call: RoleCall): boolean {
  const logicalId = idOfRole(role);
  const id = Object.keys(resources).find((one) => logicalId.test(one) && resources[one]?.Type === 'AWS::IAM::Role');
  if (id === undefined)
    throw new Error(`the stack has no role ${role}; rename it in test/attacks/tables/stolen-roles.ts`);
  const attached = Object.values(resources).filter(
    ({ Type, Properties }) => Type === 'AWS::IAM::Policy' && Properties?.Roles?.some((one) => refersTo(one, id)),
  );
  const policies = [
    ...(resources[id]?.Properties?.Policies ?? []).map(({ PolicyDocument }) => PolicyDocument),
    ...attached.flatMap(({ Properties }) => Properties?.PolicyDocument ?? []),
  ];
  return policies.flatMap(({ Statement }) => Statement).some((statement) => allows(statement, call));
}

function allows({ Effect, Action = [], Resource, Condition = {} }: Statement, call: RoleCall): boolean {
  if (Effect !== 'Allow' || !listOf(Action).some((pattern) => matches(pattern, call.action))) return false;
  if (call.resource !== '*' && !refersTo(Resource, call.resource) && Resource !== '*') return false;
  if (call.isDirect === true) return Object.keys(Condition).length === 0;
  return (
    call.partition === undefined || leadingKeysOf(Condition).some((pattern) => matches(pattern, call.partition ?? ''))
  );
}

/** The partitions that a condition permits. */
const leadingKeysOf = (condition: Statement['Condition'] = {}): readonly string[] => {
  const keys = Object.values(condition).flatMap((operator) => operator['dynamodb:LeadingKeys'] ?? []);
  return keys.length === 0 ? ['*'] : keys.flatMap(listOf);
};

const listOf = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value);

const matches = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
    'i',
  ).test(text);

const refersTo = (value: unknown, id: string): boolean => (JSON.stringify(value) ?? '').includes(`"${id}`);
