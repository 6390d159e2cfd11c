// Writes `templates`, `policies` and `functions.json`.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { APPS, assemblyOf, FOLDER, ROOT } from './apps.mts';

interface Resource {
  readonly Type: string;
  readonly Properties?: {
    readonly Code?: { readonly S3Key?: string };
    readonly Environment?: { readonly Variables: object };
  };
}

/** A function of a template: what it runs, the policy beside that, and its environment. */
interface DeployedFunction {
  readonly app: string;
  readonly stack: string;
  readonly function: string;
  readonly bundle: string;
  readonly policy: string;
  readonly environment: object;
}

const digestOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
const BUNDLES = path.join(ROOT, 'dist/bundles');
const bundleNames = new Map(
  readdirSync(BUNDLES).map((name) => [digestOf(path.join(BUNDLES, name, 'index.mjs')), name]),
);
const pretty = (value: unknown) => `${JSON.stringify(value, undefined, 1)}\n`;
const functions: DeployedFunction[] = [];
const policies = new Map<string, string>();

for (const folder of ['templates', 'policies']) rmSync(path.join(FOLDER, folder), { recursive: true, force: true });
for (const app of APPS) {
  const assembly = assemblyOf(app);
  mkdirSync(path.join(FOLDER, 'templates', app.name), { recursive: true });
  for (const file of readdirSync(assembly).filter((name) => name.endsWith('.template.json'))) {
    const stack = file.replace('.template.json', '');
    const template = JSON.parse(readFileSync(path.join(assembly, file), 'utf8'));
    writeFileSync(path.join(FOLDER, 'templates', app.name, `${stack}.json`), pretty(template));
    for (const [logicalId, resource] of Object.entries<Resource>(template.Resources)) {
      const asset = path.join(assembly, `asset.${resource.Properties?.Code?.S3Key?.replace('.zip', '')}`);
      if (resource.Type !== 'AWS::Lambda::Function' || !existsSync(path.join(asset, 'policy.json'))) continue;
      const bundle = bundleNames.get(digestOf(path.join(asset, 'index.mjs'))) ?? '';
      const environment = resource.Properties?.Environment?.Variables ?? {};
      const policy = policyFile(app.name, bundle, readFileSync(path.join(asset, 'policy.json'), 'utf8'));
      functions.push({ app: app.name, stack, function: logicalId, bundle, policy, environment });
    }
  }
}
writeFileSync(path.join(FOLDER, 'functions.json'), pretty(functions));

/** The file in which a policy is stored; functions that have the same one share it. */
function policyFile(app: string, bundle: string, text: string): string {
  const known = policies.get(`${app} ${bundle} ${text}`);
  if (known !== undefined) return known;
  const nth = [...policies.values()].filter((file) => file.startsWith(`policies/${app}/${bundle}-`)).length + 1;
  const file = `policies/${app}/${bundle}-${nth}.json`;
  mkdirSync(path.join(FOLDER, 'policies', app), { recursive: true });
  writeFileSync(path.join(FOLDER, file), text);
  policies.set(`${app} ${bundle} ${text}`, file);
  return file;
}
