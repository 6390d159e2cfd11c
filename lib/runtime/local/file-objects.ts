import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ObjectStore } from '../workspace/content/objects';

/** Large content in a folder beside the embedded store, a file each, which only its owner reads. */
export class FileObjects implements ObjectStore {
  constructor(private readonly folder: string) {}

  /** A file is there whole or not at all. */
  public async put(key: string, body: Uint8Array): Promise<void> {
    const file = this.file(key);
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(`${file}.part`, body, { mode: 0o600, flush: true });
    await rename(`${file}.part`, file);
  }

  public async get(key: string): Promise<Uint8Array | undefined> {
    return readFile(this.file(key)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
  }

  public async delete(key: string): Promise<void> {
    await rm(this.file(key), { force: true });
  }

  private file(key: string): string {
    const file = path.join(this.folder, key);
    if (file.startsWith(`${this.folder}${path.sep}`)) return file;
    throw new Error('an object must be inside the folder of its workspace');
  }
}
