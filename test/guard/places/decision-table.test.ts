import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { RESOURCE_TYPES } from '@/lib/facts/generated/resource-types';
import { typesOf } from '@/lib/facts/resource-class';
import type { ResourceClass } from '@/lib/facts/types';
import { blocks } from '@/lib/guard/finding';
import { found, foundAt, stops, templateOf } from './judged';
import { INSIDE, OUTSIDE, placeOf, propertiesWith, ROWS, type Row, type Shape, shapesOf } from './rows';
import { WAYS } from './ways';

const CASES = ROWS.flatMap((row) => shapesOf(row).map((shape): [Row, Shape] => [row, shape]));
const named = (row: Row, shape: Shape, how: string) => `${row.type}${row.pointer} (${row.kind}, ${shape}) ${how}`;

/** What was tried, and what of it was not found. */
const tried = { rows: 0, cases: 0, missed: [] as string[] };

function count(rows: number, outcomes: readonly (readonly [name: string, isFound: boolean])[]): string[] {
  const missed = outcomes.filter(([, isFound]) => !isFound).map(([name]) => name);
  tried.rows += rows;
  tried.cases += outcomes.length;
  tried.missed.push(...missed);
  return missed;
}

afterAll(() => {
  const { rows, cases, missed } = tried;
  process.stdout.write(
    `decision table: ${rows} rows tried, ${rows - new Set(missed.map((name) => name.split(' ')[0])).size} found, ` +
      `${missed.length} missed (${cases} templates)\n`,
  );
});

test('a value outside is found at every row, in every way in which a template can write it', () => {
  const outcomes = CASES.flatMap(([row, shape]) =>
    Object.entries(WAYS).map(([way, hide]): [string, boolean] => {
      const { value, sections } = hide(OUTSIDE[row.kind], INSIDE[row.kind][0]);
      const here = foundAt(found(templateOf(row, shape, value, sections)), row, shape);
      return [named(row, shape, way), here.some((finding) => stops(finding, row))];
    }),
  );
  expect(count(ROWS.length, outcomes)).toEqual([]);
});

test('a value inside is not found at any row', () => {
  const alarms = CASES.flatMap(([row, shape]) =>
    INSIDE[row.kind].flatMap((value) =>
      foundAt(found(templateOf(row, shape, value)), row, shape)
        .filter(blocks)
        .map(({ rule }) => `${named(row, shape, JSON.stringify(value))}: ${rule}`),
    ),
  );
  expect(alarms).toEqual([]);
});

test('a value that an override adds late is found at every row', () => {
  const app = new App();
  const outcomes: [string, boolean][] = [];
  // A stack takes 500 resources.
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
      const here = foundAt(found(own), row, shape);
      outcomes.push([named(row, shape, 'by an override'), here.some((finding) => stops(finding, row))]);
    }
  }
  expect(count(0, outcomes)).toEqual([]);
});

const REFUSED: readonly ResourceClass[] = ['edge', 'third-party', 'premises', 'elsewhere', 'unverified', 'opaque'];
const ALLOWED: readonly ResourceClass[] = ['regional', 'global-metadata', 'cross-region', 'inspected'];

/** Whether the type itself is refused. */
const refusesType = (type: string, more: object = {}) =>
  found({ Resources: { Subject: { Type: type, ...more } } }).some(
    (finding) => finding.path === '/Type' && blocks(finding),
  );

test('every type of a class that is refused is found, under a condition and in a loop as well', () => {
  const types = REFUSED.flatMap(typesOf);
  const looped = (Type: string) => ({
    Transform: 'AWS::LanguageExtensions',
    Resources: { 'Fn::ForEach::All': ['Name', ['a'], { 'Subject&{Name}': { Type } }] },
  });
  const outcomes = types.flatMap((type): [string, boolean][] => [
    [type, refusesType(type)],
    [`${type} under a condition`, refusesType(type, { Condition: 'Chosen' })],
    [`${type} in a loop`, found(looped(type), 'Subjecta').some(({ path }) => path === '/Type')],
  ]);
  expect(count(types.length, outcomes)).toEqual([]);
});

test('no type of a class that is allowed is found, and every class is tried', () => {
  expect(ALLOWED.flatMap(typesOf).filter((type) => refusesType(type))).toEqual([]);
  const classes = new Set(Object.values(RESOURCE_TYPES).flatMap((service) => Object.keys(service)));
  expect([...classes].sort()).toEqual([...REFUSED, ...ALLOWED].sort());
});
