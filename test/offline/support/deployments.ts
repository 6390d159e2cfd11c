import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DeployedStack } from '@/test/iam/support/physical';
import { synthesizeText, VARIANTS, type VariantName } from '@/test/iam/support/variants';

/** The variable with the folder in which a run keeps what it has synthesized. */
export const SYNTHESIZED = 'OFFLINE_SYNTHESIZED';

/** The stacks of each variant of the sample that the test of permissions has, and of each number of workspaces. */
const TEXTS: Readonly<Record<string, () => string>> = {
  ...VARIANTS,
  ...Object.fromEntries([1, 10].map((count) => [`${count} workspaces`, () => withWorkspaces(count)])),
};

export type DeploymentName = VariantName | `${1 | 10} workspaces`;

/** A deployment's stacks, synthesized once in a run. */
export function stacksOf(name: DeploymentName): DeployedStack[] {
  const folder = process.env[SYNTHESIZED];
  const file = path.join(folder ?? '', `${name}.json`);
  if (folder !== undefined && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const { stacks } = synthesizeText((TEXTS[name] as () => string)());
  if (folder !== undefined) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, JSON.stringify(stacks));
  }
  return stacks;
}

/** The sample with recovery and this many workspaces. */
function withWorkspaces(count: number): string {
  const [before, after] = VARIANTS.recovery().split(/workspaces:\n[\s\S]*?(?=# Tenants that call)/);
  if (after === undefined) throw new Error('residency.yaml has no workspaces before its projects; adapt this');
  const rows = Array.from({ length: count }, (_, nth) => {
    const id = `w${`${nth}`.padStart(3, '0')}`;
    return `  - { id: ${id}, edition: edu, retention: 365d, models: [assistant] }\n`;
  });
  return `${before}workspaces:\n${rows.join('')}${after}`;
}
