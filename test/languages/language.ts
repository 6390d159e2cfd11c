import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { tryRun } from '../package/run';

/** A program of a language, ready to be run: its words, and the folder that it runs in. */
export interface Program {
  readonly folder: string;
  readonly words: readonly [string, ...string[]];
}

/** What an app of a language came to. */
export interface Outcome {
  readonly code: number | null;
  readonly output: string;
  /** Where it wrote its cloud assembly. */
  readonly outdir: string;
}

/** Runs an app: its arguments are the folder of its output, and `leak` if it is to leak. */
export function runApp({ folder, words: [program, ...args] }: Program, ...more: string[]): Outcome {
  const outdir = mkdtempSync(path.join(tmpdir(), 'synthesized-'));
  const { code, output } = tryRun(folder, program, ...args, outdir, ...more);
  return { code, output, outdir };
}

/** A template without what the CDK notes about itself: the language and the versions of its libraries. */
export function withoutMetadata(file: string): unknown {
  const { Metadata: _, Resources, Conditions, ...template } = JSON.parse(readFileSync(file, 'utf8'));
  const { CDKMetadata: __, ...resources } = Resources;
  const { CDKMetadataAvailable: ___, ...conditions } = Conditions ?? {};
  return {
    ...template,
    Conditions: conditions,
    Resources: Object.fromEntries(
      Object.entries<{ readonly Metadata?: unknown }>(resources).map(([id, { Metadata: ____, ...resource }]) => [
        id,
        resource,
      ]),
    ),
  };
}
