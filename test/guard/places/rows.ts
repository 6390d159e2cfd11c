import { PLACE_PROPERTIES } from '@/lib/facts/place-properties';
import type { PlacePropertyKind } from '@/lib/facts/type-tables';

/** A row of the decision table: a property that names a place of one kind. */
export interface Row {
  readonly type: string;
  readonly kind: PlacePropertyKind;
  /** From `Properties`, with `*` for the items of a list or map. */
  readonly pointer: string;
}

export const ROWS: readonly Row[] = Object.entries(PLACE_PROPERTIES).flatMap(([type, kinds]) =>
  Object.entries(kinds).flatMap(([kind, pointers]) =>
    pointers.map((pointer): Row => ({ type, kind: kind as PlacePropertyKind, pointer })),
  ),
);

/** Whether `*` stands for the items of a list or of a map; the table doesn't say which. */
export type Shape = 'list' | 'map';

const KEY: Readonly<Record<Shape, string>> = { list: '0', map: 'any' };

export const shapesOf = ({ pointer }: Row): readonly Shape[] => (pointer.includes('*') ? ['list', 'map'] : ['list']);

/** The value's path: the row's pointer with one item in each list or map. */
export const placeOf = ({ pointer }: Row, shape: Shape): string => `/Properties${pointer.replaceAll('*', KEY[shape])}`;

/** Properties with a value at the row's pointer, and nothing else. */
export function propertiesWith({ pointer }: Row, shape: Shape, value: unknown): Readonly<Record<string, unknown>> {
  const wrapped = pointer
    .slice(1)
    .split('/')
    .reduceRight((inner: unknown, step) => {
      if (step === '*') return shape === 'list' ? [inner] : { [KEY.map]: inner };
      return { [step]: inner };
    }, value);
  return wrapped as Readonly<Record<string, unknown>>;
}

/** A value outside the boundary, or one that isn't known to be inside. */
export const OUTSIDE: Readonly<Record<PlacePropertyKind, string>> = {
  region: 'us-east-1',
  zone: 'us-east-1a',
  model: 'us.anthropic.claude-sonnet-4-6',
  bucket: 'a-foreign-bucket',
  destination: 'arn:aws:backup:us-east-1:111122223333:backup-vault:far',
  host: 'https://collector.example.com/in',
  'third-party': 'given',
};

/** Hosts and buckets with a declared country. */
export const DECLARED = [
  { host: 'collector.example.eu', country: 'DE', reason: 'our own' },
  { bucket: 'declared-bucket', country: 'DE', reason: 'our own' },
];

/** The presence of a third-party setting is itself a violation, so only its absence is inside the boundary. */
const ABSENT = { Ref: 'AWS::NoValue' };

/** Values inside the boundary. */
export const INSIDE: Readonly<Record<PlacePropertyKind, readonly unknown[]>> = {
  region: ['eu-west-1', { Ref: 'AWS::Region' }],
  zone: ['eu-central-1a', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }],
  model: ['eu.anthropic.claude-sonnet-4-6'],
  bucket: [{ Ref: 'Own' }, 'declared-bucket'],
  destination: [
    'arn:aws:backup:eu-west-1:111122223333:backup-vault:near',
    { 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] },
  ],
  host: ['https://collector.example.eu/in', 'https://sqs.eu-west-1.amazonaws.com'],
  'third-party': [ABSENT],
};
