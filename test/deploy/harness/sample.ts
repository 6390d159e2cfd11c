import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT, WORK } from './folders';

/**
 * The text of the sample, whose project calls the model of the workspace too: the scenarios try what a project gets of a profile that
 * leads to several Regions.
 */
export function sampleText(): string {
  const sample = readFileSync(path.join(ROOT, 'residency.yaml'), 'utf8');
  const changed = sample.replace('models: [helpdesk]', 'models: [assistant]');
  if (changed === sample) throw new Error("residency.yaml no longer has a project with 'models: [helpdesk]'");
  return changed;
}

/** The same as a file. */
export function sampleFile(): string {
  const file = path.join(WORK, 'residency.yaml');
  writeFileSync(file, sampleText());
  return file;
}
