import { statSync } from 'node:fs';
import path from 'node:path';
import { present } from '../draft';
import type { Check } from './check';

/** A SAML metadata file that is named is there. */
export const checkSamlFiles: Check = ({ draft, directory }) =>
  present(draft.workspaces).flatMap(([index, { identity }]) => {
    const saml = identity?.saml;
    if (saml === undefined || isFile(path.resolve(directory, saml))) return [];
    const text = `found '${saml}', but there is no such file; the path is counted from the directory of this file`;
    return [{ path: ['workspaces', index, 'identity', 'saml'], text }];
  });

function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
