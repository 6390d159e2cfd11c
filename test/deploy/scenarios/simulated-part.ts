import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Ledger } from '../harness/emulator';
import { ROOT } from '../harness/folders';
import type { Context } from '../read-back/context';
import { type Deciders, decidedRows } from './decided-by';

/** What the checks of a run don't prove. docs/DEPLOY-TEST.md has the same rows. */
export interface SimulatedPart {
  /** How the titles of its sections start. */
  readonly name: string;
  readonly simulated: readonly (readonly [what: string, how: string])[];
  readonly decidedBy: Readonly<Record<string, Deciders>>;
  /**
   * The types of the stacks that only this run has.
   *
   * @default - it has those of the sample
   */
  readonly own?: OwnTypes;
}

interface OwnTypes {
  readonly stacks: RegExp;
  /** Properties that the emulator never reads, with reasons; the sample's own are left out. */
  readonly dropped: Readonly<Record<string, string>>;
  /** Types that are created but not read back, with reasons. */
  readonly unread: Readonly<Record<string, string>>;
  /** Types that a check reads, or can't succeed without. */
  readonly read: ReadonlySet<string>;
}

/** Properties that the sample's templates have too. */
const SHARED = /^AWS::(CDK|CloudWatch|EC2::FlowLog|KMS|Lambda|S3)\b/;

/** The names of types without their prefix, in lines. */
export const awsTypes = (...lines: readonly string[]): readonly string[] =>
  lines.flatMap((line) => line.split(' ')).map((type) => `AWS::${type}`);

/** Prints what is simulated only, and fails if a section or a type of its own has no row. */
export async function simulatedPart(context: Context, ledger: Ledger, part: SimulatedPart): Promise<void> {
  const { name, own, decidedBy } = part;
  const { report } = context;
  const rows = [...part.simulated, ...Object.entries(own?.unread ?? {}), ...Object.entries(own?.dropped ?? {})];
  for (const [what, how] of rows) console.log(`simulated only: ${what}: ${how}`);
  if (own) await ownTypes(context, ledger, name, own);
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

async function ownTypes({ report, deployed }: Context, ledger: Ledger, name: string, own: OwnTypes): Promise<void> {
  const { stacks, read, unread } = own;
  const types = new Set(deployed.resources.filter(({ stack }) => stacks.test(stack)).map(({ type }) => type));
  await report.check(`${name}: the emulator drops these properties of its own types, and no others`, () => {
    const dropped = ledger.ignored
      .map(({ type, property }) => `${type} ${property}`)
      .filter((one) => !SHARED.test(one));
    assert.deepEqual(dropped, Object.keys(own.dropped));
  });
  await report.check(`${name}: every type is read back, or listed with a reason`, () => {
    assert.deepEqual(
      [...types].filter((type) => !read.has(type) && !(type in unread)),
      [],
    );
    assert.ok(types.size > 0, `no stack matches ${stacks}`);
    return `${types.size} types`;
  });
}

/** The title of the section with these checks, which look at no service. */
export const simulatedSection = (name: string): string => `${name}: simulated only`;
