import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Evidence, EvidenceRow } from '@/lib/evidence/core/evidence';
import { LANGUAGES, type Language } from '@/lib/evidence/words/languages';
import { EVIDENCE } from '../evidence/page/evidence';
import { evidenceOf, stack } from '../evidence/support/app';

/** What is repeated for each workspace, in a deployment of about the size of a real one: stores, keys, principals, alarms. */
const IN_EACH = { tenants: 1, stores: 19, keys: 2, models: 2, flows: 5, alarms: 2 } as const;
const PRINCIPALS = 9;

/** The evidence of a deployment with so many workspaces and nothing to complain of. */
function withWorkspaces(count: number): Evidence {
  const { live: _, drills: __, ...rest } = EVIDENCE;
  const isOk = ({ status }: EvidenceRow) => status === 'ok';
  const all = <Row extends EvidenceRow>(rows: readonly Row[], each: number): Row[] => {
    const good = rows.filter(isOk);
    return Array.from({ length: count * each }, (_, index) => {
      const workspace = `ws-${String(Math.floor(index / each)).padStart(3, '0')}`;
      const row = good[index % good.length] as Row;
      const pointer = { stack: `app-${workspace}`, construct: `Workspace/Part${index % each}/Resource` };
      return { ...row, id: `${row.id}:${index}`, stack: pointer.stack, pointer };
    });
  };
  const templates = Array.from({ length: count }, (_, index) => ({
    stack: `app-ws-${index}`,
    file: `app-ws-${index}.template.json`,
    sha256: 'ab'.repeat(32),
  }));
  const keys = all(EVIDENCE.keys, IN_EACH.keys).map((key) => ({
    ...key,
    principals: Array.from({ length: PRINCIPALS }, (_, index) => ({
      ...(EVIDENCE.keys[0]?.principals[0] as (typeof key.principals)[number]),
      who: `Workspace/Part${index}/Role`,
    })),
  }));
  return {
    ...rest,
    head: { ...EVIDENCE.head, templates },
    regions: EVIDENCE.regions.filter(isOk),
    tenants: all(EVIDENCE.tenants, IN_EACH.tenants),
    stores: all(EVIDENCE.stores, IN_EACH.stores),
    keys,
    models: all(EVIDENCE.models, IN_EACH.models),
    flows: all(EVIDENCE.flows, IN_EACH.flows),
    exceptions: [],
    findings: [],
    alarms: all(EVIDENCE.alarms, IN_EACH.alarms),
  };
}

/** An app that has nothing of this package: one of its stacks stores inside the boundary, the other one outside. */
const foreign = (): Evidence =>
  evidenceOf([
    stack(
      {
        Orders: { Type: 'AWS::RDS::DBInstance', Properties: { StorageEncrypted: true } },
        Uploads: { Type: 'AWS::S3::Bucket', Properties: {} },
        Sessions: { Type: 'AWS::DynamoDB::Table', Properties: {} },
        Jobs: { Type: 'AWS::SQS::Queue', Properties: {} },
        Errors: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmDescription: 'Orders fail.' } },
      },
      { stack: 'shop', deployRegion: 'eu-west-1' },
    ),
    stack(
      { Log: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 30 } } },
      { stack: 'shop-edge', deployRegion: 'us-east-1' },
    ),
  ]);

/** Evidence files that the caller named, each under its folder's and its own name. */
const FILES = (process.env.EVIDENCE_FILES ?? '').split(path.delimiter).filter((file) => file !== '');

/** Whether every theme, language and picture is wanted. */
export const IS_ALL = process.env.EVERY_LOOK === 'yes';

interface Case {
  readonly evidence: Evidence;
  readonly language?: Language;
  /** What is on it is on the page of another case, which axe reads in every look: this one is read in the light theme unless all are wanted. */
  readonly isRepeated?: true;
}

/** The pages that are opened. */
export const CASES: Readonly<Record<string, Case>> = {
  everything: { evidence: EVIDENCE },
  'one-workspace': { evidence: withWorkspaces(1), isRepeated: true },
  'hundred-workspaces': { evidence: withWorkspaces(100), isRepeated: true },
  'foreign-app': { evidence: foreign(), isRepeated: true },
  ...Object.fromEntries(
    (IS_ALL ? LANGUAGES.filter((language) => language !== 'en') : []).map((language) => [
      `everything-${language}`,
      { evidence: EVIDENCE, language },
    ]),
  ),
  ...Object.fromEntries(
    FILES.map((file) => [
      `${path.basename(path.dirname(file))}-${path.basename(file, '.json')}`,
      { evidence: JSON.parse(readFileSync(file, 'utf8')) },
    ]),
  ),
};
