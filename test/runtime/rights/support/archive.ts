import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The files of an export's archive, read by the system's own tar. */
export async function unpacked(response: Response): Promise<Map<string, string>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'export-'));
  try {
    execFileSync('tar', ['-xf', '-', '-C', folder], { input: Buffer.from(await response.arrayBuffer()) });
    return new Map(
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((file) => file.isFile())
        .map(({ parentPath, name }) => path.join(parentPath, name))
        .map((file) => [path.relative(folder, file), readFileSync(file, 'utf8')]),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
