import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../../local/make-folder';
import type { Served } from '../../local/serve';
import { shellWord } from '../shared/shell-word';

/** How a shell gets the key of a project, or a token of a workspace. */
export interface ShellKeys {
  project(id: string): string;
  member(workspace: string, role: string): string;
}

/**
 * Writes the tokens of each workspace to files of the data folder that only their owner can read: a token is too long for a
 * line to paste.
 */
export function writeTokenFiles(
  data: string,
  { projects, workspaces }: Pick<Served, 'projects' | 'workspaces'>,
): ShellKeys {
  const folder = path.join(data, 'tokens');
  const fileOf = (workspace: string, role: string) => path.join(folder, `${workspace}-${role}`);
  makeFolder(folder, 0o700);
  for (const { id, tokens } of workspaces) {
    for (const [role, token] of Object.entries(tokens)) {
      writeFileSync(fileOf(id, role), token, { mode: 0o600 });
      // A file of an earlier run keeps its mode when it is written again.
      chmodSync(fileOf(id, role), 0o600);
    }
  }
  return {
    project: (id) => projects.find((project) => project.id === id)?.key ?? '',
    member: (workspace, role) => `$(cat ${shellWord(fileOf(workspace, role))})`,
  };
}
