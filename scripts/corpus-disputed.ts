import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const Disputed = z.strictObject({
  repo: z.string().min(1),
  path: z.string().min(1),
  logicalId: z.string().min(1),
  property: z.string().min(1),
  /** Why the label is wrong, for a reader to verify. */
  reason: z.string().min(20),
});

/** A label of the corpus that we consider wrong. */
export type Disputed = z.infer<typeof Disputed>;

/** The disputed labels, each with its reason. */
export function readDisputed(file = path.join(__dirname, 'corpus-disputed.json')): readonly Disputed[] {
  return z.array(Disputed).parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** Whether a row disputes a label: repository, path, logical id and property must all match. */
export const isAbout = (row: Disputed, label: Omit<Disputed, 'reason'>): boolean =>
  (['repo', 'path', 'logicalId', 'property'] as const).every((key) => row[key] === label[key]);
