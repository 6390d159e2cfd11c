import { cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { WORK } from './folders';

/** A resource of a template. */
export interface TemplateResource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: templates can contain anything
  readonly Properties: any;
  readonly DependsOn?: readonly string[];
}

/** A template whose resources can be changed. */
export interface Template {
  readonly Resources: Record<string, TemplateResource>;
}

/** A copy of an assembly, named `name`, with one template changed. */
export function patched(assembly: string, name: string, stack: string, change: (template: Template) => void): string {
  const copy = path.join(WORK, name);
  cpSync(assembly, copy, { recursive: true });
  const file = path.join(copy, `${stack}.template.json`);
  const template: Template = JSON.parse(readFileSync(file, 'utf8'));
  change(template);
  writeFileSync(file, JSON.stringify(template));
  renameAsset(copy, stack);
  return copy;
}

/** A resource that AWS refuses, after those that it depends on. */
export const refused = (keyId: string, after: readonly string[]): TemplateResource => ({
  Type: 'AWS::KMS::Alias',
  // KMS reserves this prefix for its own keys.
  Properties: { AliasName: 'alias/aws/exemple', TargetKeyId: { Ref: keyId } },
  DependsOn: after,
});

/** Renames the template's asset; otherwise the CLI uses the one that it uploaded before. */
function renameAsset(assembly: string, stack: string): void {
  const assets = path.join(assembly, `${stack}.assets.json`);
  const manifest = path.join(assembly, 'manifest.json');
  const name = /([0-9a-f]{64})\.json/.exec(
    readFileSync(manifest, 'utf8').split(`${stack}.template.json`)[1] ?? '',
  )?.[1];
  if (!name) throw new Error(`${manifest} contains no template of ${stack}`);
  for (const file of [assets, manifest]) {
    writeFileSync(`${file}.new`, readFileSync(file, 'utf8').replaceAll(name, name.split('').reverse().join('')));
    renameSync(`${file}.new`, file);
  }
}
