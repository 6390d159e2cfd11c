import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { EvidenceFile } from '../../evidence/formats/evidence-file';
import { makeFolder } from '../../local/make-folder';
import { print } from '../shared/print';
import { UsageError } from '../shared/usage-error';
import { notWritten } from '../shared/writable';
import { KNOWN_FILES } from './known-files';

/**
 * Writes the files of a report in place of those of an earlier one, and prints their paths. The earlier report's files are removed, and no
 * others, because a signature is about all of them.
 *
 * @throws UsageError if the folder or a file can't be written: a missing file must not pass for a complete report
 */
export function writeFiles(folder: string, files: readonly EvidenceFile[]): void {
  try {
    makeFolder(folder);
    for (const name of KNOWN_FILES) rmSync(path.join(folder, name), { force: true });
    for (const { name, content } of files) {
      writeFileSync(path.join(folder, name), content);
      print(path.join(folder, name));
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(notWritten('--out', 'report', code));
  }
}
