import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Ledger } from '../harness/emulator';
import { ROOT } from '../harness/folders';
import type { Context } from '../read-back/context';
import { type Deciders, decidedRows } from './decided-by';

/** What the checks of a part of a deployment don't prove, with the part's own types. docs/DEPLOY-TEST.md has the same rows. */
export interface SimulatedPart {
  /** How the titles of its sections start. */
  readonly name: string;
  /** The stacks that only this part has. */
  readonly stacks: RegExp;
  readonly simulated: readonly (readonly [what: string, how: string])[];
  /** Properties that the emulator never reads, with reasons; the sample's own are left out. */
  readonly dropped: Readonly<Record<string, string>>;
  /** Types that are created but not read back, with reasons. */
  readonly unread: Readonly<Record<string, string>>;
  /** Types that a check reads, or can't succeed without. */
  readonly read: ReadonlySet<string>;
  readonly decidedBy: Readonly<Record<string, Deciders>>;
}

/** Properties that the sample's templates have too. */
const SHARED = /^AWS::(CDK|CloudWatch|EC2::FlowLog|KMS|Lambda|S3)\b/;

/** The names of types without their prefix, in lines. */
export const awsTypes = (...lines: readonly string[]): readonly string[] =>
  lines.flatMap((line) => line.split(' ')).map((type) => `AWS::${type}`);

/** Prints what is simulated only, and fails if a type of the part is simulated without a row. */
export async function simulatedPart({ report, deployed }: Context, ledger: Ledger, part: SimulatedPart): Promise<void> {
  const { name, stacks, read, unread, decidedBy } = part;
  const types = new Set(deployed.resources.filter(({ stack }) => stacks.test(stack)).map(({ type }) => type));
  const rows = [...part.simulated, ...Object.entries(unread), ...Object.entries(part.dropped)];
  for (const [what, how] of rows) console.log(`simulated only: ${what}: ${how}`);
  await report.check(`${name}: the emulator drops these properties of its own types, and no others`, () => {
    const dropped = ledger.ignored
      .map(({ type, property }) => `${type} ${property}`)
      .filter((one) => !SHARED.test(one));
    assert.deepEqual(dropped, Object.keys(part.dropped));
  });
  await report.check(`${name}: every type is read back, or listed with a reason`, () => {
    assert.deepEqual(
      [...types].filter((type) => !read.has(type) && !(type in unread)),
      [],
    );
    assert.ok(types.size > 0, `no stack matches ${stacks}`);
    return `${types.size} types`;
  });
  await report.check(
    `${name}: every section says whose code decides it, and docs/DEPLOY-TEST.md contains the same rows`,
    () => {
      const sections = [...new Set(report.results.map(({ section }) => section))].filter(
        (section) => section.startsWith(`${name}: `) && section !== simulatedSection(name),
      );
      assert.deepEqual(sections, Object.keys(decidedBy));
      const page = readFileSync(path.join(ROOT, 'docs/DEPLOY-TEST.md'), 'utf8');
      const expected = [...rows.map(([what, how]) => `| ${what} | ${how} |`), ...decidedRows(decidedBy)];
      assert.deepEqual(
        expected.filter((row) => !page.includes(row)),
        [],
      );
    },
  );
}

/** The title of the section with these checks, which look at no service. */
export const simulatedSection = (name: string): string => `${name}: simulated only`;
