import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { checkTemplate } from '@/lib/guard/check/check-template';
import type { Finding, Level } from '@/lib/guard/finding';
import { type DeclaredPlace, DeclaredPlaces } from '@/lib/guard/rule/declared-places';
import type { RequiredBoundary } from '@/lib/guard/rule/required-boundary';
import type { ResourceRule } from '@/lib/guard/rule/rule';
import type { Json } from '@/lib/guard/template/parse';

type Properties = Readonly<Record<string, unknown>>;

/** A violating row's expected level, and the value or the pointer of each finding, in order. */
interface Violating {
  readonly properties: Properties;
  /** Reported values; for a finding without a value, its JSON pointer. */
  readonly found: readonly string[];
  readonly level?: Level;
}

export interface Rows {
  /** Type of the resource that the rows describe; required if the rule applies to several types. */
  readonly type?: string;
  /** Other sections and resources of the template. */
  readonly template?: Json;
  readonly deployRegion?: string;
  readonly places?: readonly DeclaredPlace[];
  readonly permissionsBoundary?: RequiredBoundary;
  readonly compliant: Readonly<Record<string, Properties>>;
  readonly violating: Readonly<Record<string, Violating>>;
}

/** The findings of one rule on a resource called `Subject` with these properties. */
export function findingsOf(
  rule: ResourceRule,
  properties: Properties,
  rows: Omit<Rows, 'compliant' | 'violating'> = {},
): Finding[] {
  const type = rows.type ?? (rule.appliesTo === '*' ? 'AWS::Lambda::Function' : (rule.appliesTo[0] as string));
  const { Resources = {}, ...sections } = rows.template ?? {};
  const template = {
    ...sections,
    Resources: { ...(Resources as Json), Subject: { Type: type, Properties: properties } },
  };
  const { findings } = checkTemplate(template, {
    boundary: ResidencyBoundary.eu(),
    stack: 'test',
    deployRegion: rows.deployRegion ?? 'eu-central-1',
    places: new DeclaredPlaces(rows.places ?? []),
    permissionsBoundary: rows.permissionsBoundary,
  });
  return findings.filter((finding) => finding.rule === rule.id && finding.logicalId === 'Subject');
}

/** Lists that change with the facts. */
const LISTS = /(?<=use one of |include |called from )[\w.:-]+(?:, [\w.:-]+)+/g;

/** What the findings of each row say; what a rule says in all of its findings is in `docs/RULES.md`. */
export const textsOf = ({ why }: ResourceRule, rows: readonly (readonly [string, readonly Finding[]])[]): string =>
  rows
    .filter(([, findings]) => findings.length > 0)
    .flatMap(([name, findings]) => [
      name,
      ...findings.map(
        ({ path, place, message }) =>
          `  ${path}: ${message.replace(`. ${why}`, '').replace(LISTS, '…')}${place ? ` (${place.region ?? place.country})` : ''}`,
      ),
    ])
    .join('\n');

/** Runs a rule over named rows: compliant rows have no blocking finding, violating rows exactly the expected ones. */
export function testRule(rule: ResourceRule, rows: Rows): void {
  describe(`${rule.id}${rows.type ? ` on ${rows.type}` : ''}`, () => {
    const compliant = Object.entries(rows.compliant);
    if (compliant.length > 0)
      test.each(compliant)('%s passes', (_, properties) => {
        expect(findingsOf(rule, properties, rows).filter((finding) => finding.level !== 'info')).toEqual([]);
      });

    test.each(Object.entries(rows.violating))('%s is reported', (_, { properties, found, level = 'block' }) => {
      const findings = findingsOf(rule, properties, rows);
      expect(findings.map((finding) => finding.value ?? finding.path)).toEqual(found);
      expect([...new Set(findings.map((finding) => finding.level))]).toEqual(found.length > 0 ? [level] : []);
    });

    test('each finding says what was found', () => {
      const violating = Object.entries(rows.violating).map(([name, { properties }]) => [name, properties] as const);
      const found = [...compliant, ...violating].map(
        ([name, properties]) => [name, findingsOf(rule, properties, rows)] as const,
      );
      // A rule may be tested with several tables, in any order; the first finding tells their snapshots apart.
      const [first] = found.flatMap(([name, findings]) => findings.map(({ path }) => `${name}, ${path}`));
      expect(textsOf(rule, found)).toMatchSnapshot(first);
    });
  });
}
