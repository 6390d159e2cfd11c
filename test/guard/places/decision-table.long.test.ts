import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { RESOURCE_TYPES } from '@/lib/facts/generated/resource-types';
import { typesOf } from '@/lib/facts/resource-class';
import type { ResourceClass } from '@/lib/facts/type-tables';
import { blocks } from '@/lib/guard/finding';
import { ENCODINGS } from './encodings';
import { findingsAt, findingsOf, stops, templateOf } from './findings';
import { INSIDE, OUTSIDE, placeOf, propertiesWith, ROWS, type Row, type Shape, shapesOf } from './rows';

const CASES = ROWS.flatMap((row) => shapesOf(row).map((shape): [Row, Shape] => [row, shape]));
const named = (row: Row, shape: Shape, how: string) => `${row.type}${row.pointer} (${row.kind}, ${shape}) ${how}`;

/** The numbers of tested rows and cases, and the missed cases. */
const totals = { rows: 0, cases: 0, missed: [] as string[] };

function count(rows: number, outcomes: readonly (readonly [name: string, isReported: boolean])[]): string[] {
  const missed = outcomes.filter(([, isReported]) => !isReported).map(([name]) => name);
  totals.rows += rows;
  totals.cases += outcomes.length;
  totals.missed.push(...missed);
  return missed;
}

afterAll(() => {
  const { rows, cases, missed } = totals;
  process.stdout.write(
    `decision table: ${rows} rows totals, ${rows - new Set(missed.map((name) => name.split(' ')[0])).size} findingsOf, ` +
      `${missed.length} missed (${cases} templates)\n`,
  );
});

test('a value outside the boundary is reported at every row, in every encoding', () => {
  const outcomes = CASES.flatMap(([row, shape]) =>
    Object.entries(ENCODINGS).map(([way, hide]): [string, boolean] => {
      const { value, sections } = hide(OUTSIDE[row.kind], INSIDE[row.kind][0]);
      const here = findingsAt(findingsOf(templateOf(row, shape, value, sections)), row, shape);
      return [named(row, shape, way), here.some((finding) => stops(finding, row))];
    }),
  );
  expect(count(ROWS.length, outcomes)).toEqual([]);
});

test('a value inside the boundary is reported at no row', () => {
  const alarms = CASES.flatMap(([row, shape]) =>
    INSIDE[row.kind].flatMap((value) =>
      findingsAt(findingsOf(templateOf(row, shape, value)), row, shape)
        .filter(blocks)
        .map(({ rule }) => `${named(row, shape, JSON.stringify(value))}: ${rule}`),
    ),
  );
  expect(alarms).toEqual([]);
});

test('a value added by an override is reported at every row', () => {
  const app = new App();
  const outcomes: [string, boolean][] = [];
  // A stack has at most 500 resources.
  for (let first = 0; first < CASES.length; first += 400) {
    const stack = new Stack(app, `S${first}`);
    const part = CASES.slice(first, first + 400);
    for (const [index, [row, shape]] of part.entries()) {
      const properties = propertiesWith(row, shape, row.kind === 'third-party' ? undefined : 'eu-west-1');
      const resource = new CfnResource(stack, `R${index}`, { type: row.type, properties });
      resource.addPropertyOverride(
        placeOf(row, shape).slice('/Properties/'.length).replaceAll('/', '.'),
        OUTSIDE[row.kind],
      );
    }
    const template = stack.resolve((stack as unknown as { _toCloudFormation(): unknown })._toCloudFormation());
    for (const [index, [row, shape]] of part.entries()) {
      const own = { Resources: { Subject: template.Resources[`R${index}`] } };
      const here = findingsAt(findingsOf(own), row, shape);
      outcomes.push([named(row, shape, 'by an override'), here.some((finding) => stops(finding, row))]);
    }
  }
  expect(count(0, outcomes)).toEqual([]);
});

const REFUSED: readonly ResourceClass[] = ['edge', 'third-party', 'premises', 'elsewhere', 'unverified', 'opaque'];
const ALLOWED: readonly ResourceClass[] = ['regional', 'global-metadata', 'cross-region', 'inspected'];

/** Whether the type itself is refused. */
const refusesType = (type: string, more: object = {}) =>
  findingsOf({ Resources: { Subject: { Type: type, ...more } } }).some(
    (finding) => finding.path === '/Type' && blocks(finding),
  );

test('every type in a refused class is reported, also under a condition and in a loop', () => {
  const types = REFUSED.flatMap(typesOf);
  const looped = (Type: string) => ({
    Transform: 'AWS::LanguageExtensions',
    Resources: { 'Fn::ForEach::All': ['Name', ['a'], { 'Subject&{Name}': { Type } }] },
  });
  const outcomes = types.flatMap((type): [string, boolean][] => [
    [type, refusesType(type)],
    [`${type} under a condition`, refusesType(type, { Condition: 'Chosen' })],
    [`${type} in a loop`, findingsOf(looped(type), 'Subjecta').some(({ path }) => path === '/Type')],
  ]);
  expect(count(types.length, outcomes)).toEqual([]);
});

test('no type in an allowed class is reported, and every class is tested', () => {
  expect(ALLOWED.flatMap(typesOf).filter((type) => refusesType(type))).toEqual([]);
  const classes = new Set(Object.values(RESOURCE_TYPES).flatMap((service) => Object.keys(service)));
  expect([...classes].sort()).toEqual([...REFUSED, ...ALLOWED].sort());
});
