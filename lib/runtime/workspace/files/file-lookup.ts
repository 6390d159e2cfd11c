import type { FoundFile } from '../../gateway/files/found-file';

/** Finds the files that items and prompts name by id. */
export interface FileLookup {
  /** A file of the user; undefined if they have none with this id. */
  find(user: string, id: string): Promise<FoundFile | undefined>;
}
