import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isMap } from '../template/node';

/** A stack that a cloud assembly's manifest deploys. */
export interface DeployedStack {
  /** Absolute path of its template. */
  readonly file: string;
  readonly region: string;
}

/** The stacks that would be deployed from a folder, including those of nested assemblies. */
export function deployedStacks(folder: string): DeployedStack[] {
  const manifest = path.join(folder, 'manifest.json');
  if (!existsSync(manifest)) return [];
  const { artifacts = {} } = JSON.parse(readFileSync(manifest, 'utf8'));
  return Object.values(artifacts).flatMap((artifact): DeployedStack[] => {
    if (!isMap(artifact) || !isMap(artifact.properties)) return [];
    const { templateFile, directoryName } = artifact.properties;
    if (artifact.type === 'cdk:cloud-assembly') return deployedStacks(path.join(folder, String(directoryName)));
    if (artifact.type !== 'aws:cloudformation:stack') return [];
    const region = String(artifact.environment).split('/').at(-1) ?? '';
    return [{ file: path.join(folder, String(templateFile)), region }];
  });
}
