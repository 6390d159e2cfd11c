import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { TERRAFORM_TYPES } from '@/lib/facts/generated/terraform-types';
import { PLACE_PROPERTIES } from '@/lib/facts/place-properties';
import { classOf, typesOf } from '@/lib/facts/resource-class';
import type { ResourceClass } from '@/lib/facts/type-tables';

const read = (name: string) => readFileSync(path.join(__dirname, '../../lib/facts/source', name), 'utf8');

/** The digest of what the generator writes; test/scripts/terraform.long.test.ts runs it where its input is installed. */
const DIGEST = '0529126d264d29b1b1e87f5437674851081d681b8de313f5e08816ed876a2649';

test('the table is what the generator wrote', () => {
  expect(createHash('sha256').update(read('terraform-types.json')).digest('hex')).toBe(DIGEST);
});

test('every type is one of CloudFormation or a class', () => {
  const wrong = Object.entries(TERRAFORM_TYPES).filter(([, { type }]) =>
    type.includes('::') ? classOf(`AWS::${type}`) === undefined : typesOf(type as ResourceClass).length === 0,
  );
  expect(wrong).toEqual([]);
});

test('no type takes the bucket that it configures for one to which it replicates', () => {
  const moved = Object.values(TERRAFORM_TYPES).map(({ moves }) => moves?.['/bucket'] ?? '');
  expect(moved.filter((to) => to.startsWith('/ReplicationConfiguration'))).toEqual([]);
});

test('every reviewed row has a reason, and is in the table', () => {
  const { reasons, types } = JSON.parse(read('terraform-reviewed.json'));
  const rows = Object.entries<{ why: string; type: string; moves?: object }>(types);
  for (const [name, { why, type, moves }] of rows) {
    expect(Object.keys(reasons)).toContain(why);
    expect({ name, ...TERRAFORM_TYPES[name] }).toMatchObject({ name, type, ...(moves && { moves }) });
  }
});

test.each([
  ['aws_verifiedaccess_instance', 'EC2::VerifiedAccessInstance'],
  ['aws_instance', 'EC2::Instance'],
  ['aws_lex_bot', 'regional'],
  ['aws_lexv2models_bot', 'Lex::Bot'],
])('%s is %s', (name, type) => expect(TERRAFORM_TYPES[name]?.type).toBe(type));

test.each([
  ['aws_s3_bucket_inventory', 'bucket', '/InventoryConfigurations/*/Destination/BucketArn'],
  ['aws_dynamodb_table', 'region', '/Replicas/*/Region'],
  ['aws_redshift_snapshot_copy', 'region', '/DestinationRegion'],
  ['aws_bedrockagent_agent', 'model', '/FoundationModel'],
] as const)('%s moves a %s to a property that rules check', (name, kind, property) => {
  const { type, moves = {} } = TERRAFORM_TYPES[name] as { type: string; moves?: Readonly<Record<string, string>> };
  expect(Object.values(moves).map((to) => to.replace(/\/0(?=\/|$)/g, '/*'))).toContain(property);
  expect(PLACE_PROPERTIES[`AWS::${type}`]?.[kind]).toContain(property);
});
