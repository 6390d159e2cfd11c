import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RESOURCE_TYPES } from '@/lib/facts/generated/resource-types';
import { typesOf } from '@/lib/facts/resource-class';
import type { PlacePropertyKind, ResourceClass } from '@/lib/facts/types';
import { INSIDE, OUTSIDE, placeOf, ROWS, type Row } from './rows';
import { WAYS } from './ways';

type Judged = typeof import('./judged');
type Mutable = Record<string, Partial<Record<PlacePropertyKind, string[]>>>;

const REFUSED: readonly ResourceClass[] = ['edge', 'third-party', 'premises', 'elsewhere', 'unverified', 'opaque'];

/** The guard with other tables than those that are shipped. */
function guardWith(module: string, tables: object): Judged {
  let judged: Judged | undefined;
  jest.isolateModules(() => {
    jest.doMock(module, () => tables);
    judged = jest.requireActual<Judged>('./judged');
  });
  jest.dontMock(module);
  return judged as unknown as Judged;
}

// A kind whose values the scan reads as well shows its row only where the scan sees nothing.
const TELLING: Readonly<Record<PlacePropertyKind, string>> = {
  region: 'in a parameter without default',
  zone: 'in a parameter without default',
  model: 'in a parameter without default',
  destination: 'in a parameter without default',
  bucket: 'as it is',
  host: 'as it is',
  'third-party': 'as it is',
};

/** Rows inside another row: what is missed by one is found by the other. */
const isInside = (row: Row, others: readonly Row[]) =>
  others.some(
    (other) =>
      other !== row &&
      other.type === row.type &&
      other.kind === row.kind &&
      (other.pointer.startsWith(`${row.pointer}/`) || row.pointer.startsWith(`${other.pointer}/`)),
  );

/** Places that another rule judges as well, so that the row alone doesn't decide. */
const TWICE = [
  'AWS::Lex::Bot/Properties/BotLocales/0/SpeechRecognitionSettings/SpeechModelConfig/DeepgramConfig (third-party)',
  'AWS::S3::MultiRegionAccessPoint/Properties/Regions/0 (region)',
];

test('without its row each place is missed, so no row is there for nothing', () => {
  const table: Mutable = {};
  for (const { type, kind, pointer } of ROWS) {
    table[type] ??= {};
    table[type][kind] = [...(table[type][kind] ?? []), pointer];
  }
  const { found, foundAt, stops, templateOf } = guardWith('../../../lib/facts/generated/place-properties', {
    PLACE_PROPERTIES: table,
  });
  const isFound = (row: Row) => {
    const { value, sections } = (WAYS[TELLING[row.kind]] as (typeof WAYS)[string])(
      OUTSIDE[row.kind],
      INSIDE[row.kind][0],
    );
    return foundAt(found(templateOf(row, 'list', value, sections)), row, 'list').some((finding) => stops(finding, row));
  };
  const kept = ROWS.filter((row) => {
    const kinds = table[row.type] as Mutable[string];
    const before = kinds[row.kind] ?? [];
    expect([row, isFound(row)]).toEqual([row, true]);
    kinds[row.kind] = before.filter((pointer) => pointer !== row.pointer);
    const stillFound = isFound(row);
    kinds[row.kind] = before;
    return stillFound && !isInside(row, ROWS);
  });
  expect(kept.map((row) => `${row.type}${placeOf(row, 'list')} (${row.kind})`)).toEqual(TWICE);
});

test('a refused type that is called regional is missed, and one that nobody classifies is still refused', () => {
  const types = REFUSED.flatMap(typesOf);
  const refuses = ({ found }: Judged, type: string) =>
    found({ Resources: { Subject: { Type: type } } })
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
  const ignorant = guardWith(module, { RESOURCE_TYPES: {} });
  expect(types.filter((type) => !refuses(ignorant, type).includes('unknown-type'))).toEqual([]);
});

/**
 * What has been reviewed, written down a second time: a row that is taken out of the facts, or judged less strictly, has to
 * be taken out here too.
 */
test('the reviewed rows and refused types are all there', () => {
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
