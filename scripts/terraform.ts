/**
 * Maps the resource types of Terraform's AWS provider to CloudFormation's, and writes lib/facts/source/terraform-types.json:
 * `npm run terraform`. It installs bindings of the provider, which list its types and attributes, into an ignored folder. Rows of
 * lib/facts/source/terraform-reviewed.json take precedence. Run `npm run facts` afterwards.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type ProviderSchema, providerSchema } from './terraform/provider-schema';
import { typeRows } from './terraform/rows';

const ROOT = path.join(__dirname, '..');
export const TERRAFORM_TYPES_SOURCE = path.join(ROOT, 'lib/facts/source/terraform-types.json');

/** Bindings of version 6.25 of the provider. Only the names of types and attributes are read. */
const PACKAGE = '@cdktf/provider-aws';
const VERSION = '21.22.1';
const FOLDER = path.join(ROOT, '.local/terraform', VERSION);

/** The provider's bindings if they are installed. */
export function installedSchema(): ProviderSchema | undefined {
  const folder = path.join(FOLDER, 'package/lib');
  return existsSync(folder) ? providerSchema(folder) : undefined;
}

/** The content of the source file. */
export function sourceOf(schema: ProviderSchema): string {
  const facts = {
    asOf: '2026-11-30',
    source: `names of types and attributes in ${PACKAGE} ${VERSION}, matched with @aws-cdk/aws-service-spec; own review in terraform-reviewed.json`,
    confidence: 'medium',
    about:
      'What each resource type of the AWS provider is in CloudFormation, and where attributes that rules check are there.',
    digest: createHash('sha256')
      .update(JSON.stringify([...schema]))
      .digest('hex'),
  };
  const rows = Object.entries(typeRows(schema)).map(
    ([name, row]) => `  ${JSON.stringify(name)}: ${JSON.stringify(row)}`,
  );
  return `${JSON.stringify(facts, undefined, 1).slice(0, -2)},\n "types": {\n${rows.join(',\n')}\n }\n}\n`;
}

function install(): void {
  mkdirSync(FOLDER, { recursive: true });
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', `${PACKAGE}@${VERSION}`], {
    cwd: FOLDER,
    stdio: 'inherit',
  });
  execFileSync('tar', ['xzf', `cdktf-provider-aws-${VERSION}.tgz`], { cwd: FOLDER, stdio: 'inherit' });
}

if (require.main === module) {
  if (installedSchema() === undefined) install();
  writeFileSync(TERRAFORM_TYPES_SOURCE, sourceOf(installedSchema() as ProviderSchema));
}
