import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Processor time of a request that looks something up: the first one of a key, and a repeated one, in milliseconds. */
export interface Lookup {
  readonly first: number;
  readonly repeated: number;
}

/** What the measurement of scale finds. Times depend on the machine, so pages show their ratios. */
export interface ScaleFigures {
  /** Open projects and members: few of them, and many. */
  readonly sizes: { readonly projects: readonly [number, number]; readonly members: readonly [number, number] };
  /** Resources of all stacks: without what people add, with it and one open project, and with 500. */
  readonly resources: { readonly sample: number; readonly one: number; readonly many: number };
  /** Processor time of a synth in milliseconds, of the same three. */
  readonly synth: { readonly sample: number; readonly one: number; readonly many: number };
  /** Reads of tables that the first request of a key makes. */
  readonly reads: { readonly project: number; readonly member: number };
  readonly project: { readonly few: Lookup; readonly many: Lookup };
  readonly member: { readonly few: Lookup; readonly many: Lookup };
  /** Processor time of a decision by SCIM that isn't cached, in milliseconds. */
  readonly scim: { readonly few: number; readonly many: number };
  /** What `cost` says of a month, in US cents, and the use that it assumes. */
  readonly cost: {
    readonly use: string;
    readonly fixed: number;
    readonly sampleFixed: number;
    readonly withoutModels: number;
    readonly scim: number;
    readonly background: number;
    readonly conversion: number;
  };
}

const FILE = path.join(__dirname, 'figures.json');

/** The figures of the last run with `--write`. */
export const readFigures = (): ScaleFigures => JSON.parse(readFileSync(FILE, 'utf8'));

export const writeFigures = (figures: ScaleFigures): void =>
  writeFileSync(FILE, `${JSON.stringify(figures, null, 2)}\n`);
