import type { PerimeterStatement, PolicyDocument } from '@/lib/perimeter/organization/document';

/** A change of one statement, which a test of the perimeter must notice. */
export interface Mutation {
  /** What was changed: `KeyReplicas: also us-east-1 in StringNotEquals kms:ReplicaRegion`. */
  readonly name: string;
  /** A removed or loosened statement lets more requests through; a tightened one fewer. */
  readonly kind: 'removed' | 'loosened' | 'tightened';
  /** The statement's `Sid`. */
  readonly sid: string;
  /** The document that has the statement. */
  readonly document: PolicyDocument;
  /** The document after the change; none if it has no statement any more. */
  readonly changed: PolicyDocument | undefined;
}

type Change = Pick<Mutation, 'kind'> & { readonly what: string; readonly to: PerimeterStatement | undefined };

/** Every statement removed in turn, and every part of it loosened or tightened in turn. */
export const mutationsOf = (documents: readonly PolicyDocument[]): Mutation[] =>
  documents.flatMap((document) =>
    document.content.Statement.flatMap((statement) =>
      changesOf(statement).map(({ kind, what, to }) => ({
        name: `${statement.Sid}: ${what}`,
        kind,
        sid: statement.Sid,
        document,
        changed: replaced(document, statement, to),
      })),
    ),
  );

/** The documents after a mutation. */
export const mutated = (documents: readonly PolicyDocument[], { document, changed }: Mutation): PolicyDocument[] =>
  documents.flatMap((one) => (one === document ? (changed ?? []) : one));

function replaced(
  document: PolicyDocument,
  statement: PerimeterStatement,
  to: PerimeterStatement | undefined,
): PolicyDocument | undefined {
  const Statement = document.content.Statement.flatMap((one) => (one === statement ? (to ?? []) : one));
  return Statement.length === 0 ? undefined : { ...document, content: { ...document.content, Statement } };
}

function changesOf(statement: PerimeterStatement): Change[] {
  const removed: Change = { kind: 'removed', what: 'removed', to: undefined };
  return [removed, ...(statement.Effect === 'Deny' ? denialChanges(statement) : allowanceChanges(statement))];
}

function denialChanges(statement: PerimeterStatement): Change[] {
  const { Action = [], NotAction, Resource = [], NotResource } = statement;
  const loosened = (what: string, to: Partial<PerimeterStatement>): Change => ({
    kind: 'loosened',
    what,
    to: { ...statement, ...to },
  });
  return [
    ...without(Action).map(([action, rest]) => loosened(`without ${action}`, { Action: rest })),
    ...without(Resource).map(([arn, rest]) => loosened(`without ${arn}`, { Resource: rest })),
    ...(NotAction
      ? ['kms:*', 's3:*'].map((one) => loosened(`also exempts ${one}`, { NotAction: [...NotAction, one] }))
      : []),
    ...(NotResource ? [loosened('exempts every ARN', { NotResource: ['arn:*:*:*:*:*'] })] : []),
    ...conditionChanges(statement),
  ];
}

function allowanceChanges(statement: PerimeterStatement): Change[] {
  const changed = (kind: 'loosened' | 'tightened', what: string, to: Partial<PerimeterStatement>): Change => ({
    kind,
    what,
    to: { ...statement, ...to },
  });
  return [
    ...(statement.Action ? [changed('loosened', 'allows every action', { Action: ['*'] })] : []),
    ...without(statement.Action ?? []).map(([action, rest]) =>
      changed('tightened', `without ${action}`, { Action: rest }),
    ),
    ...(statement.Resource?.includes('*') === false
      ? [changed('loosened', 'allows every resource', { Resource: ['*'] })]
      : []),
    ...keysOf(statement).map(([operator, key]) =>
      changed('loosened', `without ${operator} ${key}`, conditionOf(withoutKey(statement, operator, key))),
    ),
  ];
}

/** Changes of the condition of a denial: more values where the operator is negated, fewer otherwise, and each key dropped. */
function conditionChanges(statement: PerimeterStatement): Change[] {
  return keysOf(statement).flatMap(([operator, key, values]) => {
    const changed = (kind: 'loosened' | 'tightened', what: string, to: readonly string[], as = operator): Change => ({
      kind,
      what,
      to: { ...statement, ...conditionOf(withKey(withoutKey(statement, operator, key), as, key, to)) },
    });
    const more = operator.includes('Not') ? [outsideValue(operator, key)] : [];
    return [
      ...more.map((value) => changed('loosened', `also ${value} in ${operator} ${key}`, [...values, value])),
      ...(operator.includes('Not')
        ? []
        : without(values).map(([value, rest]) => changed('loosened', `without ${value} in ${operator} ${key}`, rest))),
      ...(operator === 'BoolIfExists' ? [changed('loosened', `without IfExists for ${key}`, values, 'Bool')] : []),
      ...(operator === 'Null'
        ? [
            changed(
              'loosened',
              `negated Null ${key}`,
              values.map((value) => `${value !== 'true'}`),
            ),
          ]
        : []),
      {
        kind: 'tightened',
        what: `without ${operator} ${key}`,
        to: { ...statement, ...conditionOf(withoutKey(statement, operator, key)) },
      },
    ];
  });
}

/** A value that exempts what must not be: everything, if the operator has wildcards. */
function outsideValue(operator: string, key: string): string {
  if (operator.startsWith('Arn') || operator.includes(':Arn')) return 'arn:*:*:*:*:*';
  if (operator.includes('Like')) return '*';
  if (key === 'bedrock:DataRetentionMode') return 'provider_data_share';
  if (key === 'aws:PrincipalAccount') return '111122223333';
  return /Org/.test(key) ? 'o-foreignorgid' : 'us-east-1';
}

type Conditions = Record<string, Record<string, string | readonly string[]>>;

const keysOf = ({ Condition = {} }: PerimeterStatement): [string, string, readonly string[]][] =>
  Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]): [string, string, readonly string[]] => [operator, key, [values].flat()]),
  );

function withoutKey({ Condition = {} }: PerimeterStatement, operator: string, key: string): Conditions {
  const { [key]: _, ...others } = Condition[operator] ?? {};
  const { [operator]: __, ...operators } = Condition;
  return Object.keys(others).length === 0 ? operators : { ...operators, [operator]: others };
}

const withKey = (condition: Conditions, operator: string, key: string, values: readonly string[]): Conditions => ({
  ...condition,
  [operator]: { ...condition[operator], [key]: values },
});

const conditionOf = (condition: Conditions): Pick<PerimeterStatement, 'Condition'> => ({
  Condition: Object.keys(condition).length === 0 ? undefined : condition,
});

/** Each of several values, with the others. */
const without = (values: readonly string[]): [string, readonly string[]][] =>
  values.length < 2 ? [] : values.map((value) => [value, values.filter((one) => one !== value)]);
