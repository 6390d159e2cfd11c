import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const Disputed = z.strictObject({
  repo: z.string().min(1),
  path: z.string().min(1),
  logicalId: z.string().min(1),
  property: z.string().min(1),
  /** Why the label is wrong, so that a reader can judge. */
  reason: z.string().min(20),
});

/** A label of the corpus that we hold to be wrong. */
export type Disputed = z.infer<typeof Disputed>;

/** The labels that are disputed, each with its reason. */
export function readDisputed(file = path.join(__dirname, 'corpus-disputed.json')): readonly Disputed[] {
  return z.array(Disputed).parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** Whether a row disputes a label: all of its place has to be the same. */
export const isAbout = (row: Disputed, label: Omit<Disputed, 'reason'>): boolean =>
  (['repo', 'path', 'logicalId', 'property'] as const).every((key) => row[key] === label[key]);
