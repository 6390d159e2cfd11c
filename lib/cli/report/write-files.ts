import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { EvidenceFile } from '../../evidence/formats/evidence-file';
import { SIGNATURE_FILE } from '../../evidence/sign/sign-files';
import { print } from '../shared/print';
import { UsageError } from '../shared/usage-error';

/**
 * Writes the files of a report over those of an earlier one, and prints their paths. An earlier signature, which is about other files,
 * is removed.
 *
 * @throws UsageError if the folder or a file can't be written: a missing file must not pass for a complete report
 */
export function writeFiles(folder: string, files: readonly EvidenceFile[]): void {
  try {
    mkdirSync(folder, { recursive: true });
    rmSync(path.join(folder, SIGNATURE_FILE), { force: true });
    for (const { name, content } of files) {
      writeFileSync(path.join(folder, name), content);
      print(path.join(folder, name));
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`--out: the report can't be written (${code}); name a folder that you can write to`);
  }
}
