import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RESOURCE_TYPES } from '@/lib/facts/generated/resource-types';
import { typesOf } from '@/lib/facts/resource-class';
import type { PlacePropertyKind, ResourceClass } from '@/lib/facts/type-tables';
import { ENCODINGS } from './encodings';
import { INSIDE, OUTSIDE, placeOf, ROWS, type Row } from './rows';

type Guard = typeof import('./findings');
type Mutable = Record<string, Partial<Record<PlacePropertyKind, string[]>>>;

const REFUSED: readonly ResourceClass[] = ['edge', 'third-party', 'premises', 'elsewhere', 'unverified', 'opaque'];

/** The guard with tables other than the shipped ones. */
function guardWith(module: string, tables: object): Guard {
  let guard: Guard | undefined;
  jest.isolateModules(() => {
    jest.doMock(module, () => tables);
    guard = jest.requireActual<Guard>('./findings');
  });
  jest.dontMock(module);
  return guard as unknown as Guard;
}

// If the value scan also reads a kind's values, only an encoding that the scan can't read shows whether the row works.
const DECIDING: Readonly<Record<PlacePropertyKind, string>> = {
  region: 'in a parameter without a default',
  zone: 'in a parameter without a default',
  model: 'in a parameter without a default',
  destination: 'in a parameter without a default',
  bucket: 'as it is',
  host: 'as it is',
  'third-party': 'as it is',
};

/** Whether a row is within another row, so that one reports what the other misses. */
const isInside = (row: Row, others: readonly Row[]) =>
  others.some(
    (other) =>
      other !== row &&
      other.type === row.type &&
      other.kind === row.kind &&
      (other.pointer.startsWith(`${row.pointer}/`) || row.pointer.startsWith(`${other.pointer}/`)),
  );

/** Places that another rule also checks, so that the row alone doesn't decide. */
const CHECKED_TWICE = [
  'AWS::Lex::Bot/Properties/BotLocales/0/SpeechRecognitionSettings/SpeechModelConfig/DeepgramConfig (third-party)',
  'AWS::S3::MultiRegionAccessPoint/Properties/Regions/0 (region)',
];

test('each place is missed without its row, so no row is redundant', () => {
  const table: Mutable = {};
  for (const { type, kind, pointer } of ROWS) {
    table[type] ??= {};
    table[type][kind] = [...(table[type][kind] ?? []), pointer];
  }
  const { findingsOf, findingsAt, stops, templateOf } = guardWith('../../../lib/facts/place-properties', {
    PLACE_PROPERTIES: table,
  });
  const isReported = (row: Row) => {
    const { value, sections } = (ENCODINGS[DECIDING[row.kind]] as (typeof ENCODINGS)[string])(
      OUTSIDE[row.kind],
      INSIDE[row.kind][0],
    );
    return findingsAt(findingsOf(templateOf(row, 'list', value, sections)), row, 'list').some((finding) =>
      stops(finding, row),
    );
  };
  const redundant = ROWS.filter((row) => {
    const kinds = table[row.type] as Mutable[string];
    const before = kinds[row.kind] ?? [];
    expect([row, isReported(row)]).toEqual([row, true]);
    kinds[row.kind] = before.filter((pointer) => pointer !== row.pointer);
    const stillReported = isReported(row);
    kinds[row.kind] = before;
    return stillReported && !isInside(row, ROWS);
  });
  expect(redundant.map((row) => `${row.type}${placeOf(row, 'list')} (${row.kind})`)).toEqual(CHECKED_TWICE);
});

test('a refused type classified as regional is missed, and an unclassified one is still refused', () => {
  const types = REFUSED.flatMap(typesOf);
  const refuses = ({ findingsOf }: Guard, type: string) =>
    findingsOf({ Resources: { Subject: { Type: type } } })
      .filter(({ path: at }) => at === '/Type')
      .map(({ rule }) => rule);
  const module = '../../../lib/facts/generated/resource-types';
  const regional = Object.fromEntries(
    Object.entries(RESOURCE_TYPES).map(([service, classes]) => [
      service,
      { regional: Object.values(classes).join(' ') },
    ]),
  );
  const lax = guardWith(module, { RESOURCE_TYPES: regional });
  expect(types.filter((type) => refuses(lax, type).length > 0)).toEqual([]);
  const empty = guardWith(module, { RESOURCE_TYPES: {} });
  expect(types.filter((type) => !refuses(empty, type).includes('unknown-type'))).toEqual([]);
});

/**
 * A second copy of the reviewed rows: removing a row from the facts, or checking it less strictly, requires a change here
 * too.
 */
test('all reviewed rows and refused types exist', () => {
  const written = readFileSync(path.join(__dirname, 'reviewed.txt'), 'utf8').trim().split('\n');
  const now = [
    ...REFUSED.flatMap((name) => typesOf(name).map((type) => `${name} ${type}`)),
    ...ROWS.map(({ type, kind, pointer }) => `${kind} ${type}${pointer}`),
  ];
  expect({
    gone: written.filter((line) => !now.includes(line)),
    new: now.filter((line) => !written.includes(line)),
  }).toEqual({
    gone: [],
    new: [],
  });
});
