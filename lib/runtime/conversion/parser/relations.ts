import path from 'node:path';
import type { Archive } from './archive';
import { readXml } from './xml';

/** A relationship of a part of a document to another part, or to something outside of the document. */
export interface Relation {
  readonly id: string;
  /** The last segment of its type, such as `image`. */
  readonly type: string;
  /** The name of the other part; for an external one, its address. */
  readonly target: string;
  readonly isExternal: boolean;
}

/** The relationships of a part; those of the whole document for an empty name. */
export function relationsOf(archive: Archive, part: string): Promise<Relation[]> {
  const { dir, base } = path.posix.parse(part);
  const file = path.posix.join(dir, '_rels', `${base}.rels`);
  return archive.has(file) ? readRelations(archive, file) : Promise.resolve([]);
}

/** The relationships in a file of them. */
export async function readRelations(archive: Archive, file: string): Promise<Relation[]> {
  const folder = path.posix.dirname(path.posix.dirname(file));
  const found: Relation[] = [];
  await readXml(archive.read(file), {
    open: (name, { Id = '', Type = '', Target = '', TargetMode }) => {
      if (name !== 'Relationship') return;
      const isExternal = TargetMode === 'External';
      const target = isExternal ? Target : partName(folder, Target);
      found.push({ id: Id, type: Type.replace(/^.*\//s, ''), target, isExternal });
    },
  });
  return found;
}

const partName = (folder: string, target: string): string =>
  path.posix.normalize(target.startsWith('/') ? target : path.posix.join(folder, target)).replace(/^\/+/, '');
