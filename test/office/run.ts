/**
 * `npm run test:office` opens what a report writes for office programs in LibreOffice. Without LibreOffice, it prints the reason and
 * exits with 77.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { isInstalled } from './office';

const NOT_RUN = 77;
const ROOT = path.join(__dirname, '../..');

if (isInstalled()) {
  const jest = [require.resolve('jest/bin/jest'), 'test/office', '--testPathIgnorePatterns', '/node_modules/'];
  process.exitCode = spawnSync(process.execPath, jest, { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
} else {
  console.error(
    'not run: it needs LibreOffice (Debian: libreoffice-writer-nogui, libreoffice-calc-nogui and libreoffice-impress-nogui)',
  );
  process.exitCode = NOT_RUN;
}
