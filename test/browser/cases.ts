import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Evidence, EvidenceRow } from '@/lib/evidence/core/evidence';
import { EVIDENCE } from '../evidence/page/evidence';

/** What is repeated for each workspace, in a deployment of about the size of a real one: stores, keys, principals, alarms. */
const IN_EACH = { tenants: 1, stores: 19, keys: 2, models: 2, flows: 5, alarms: 2 } as const;
const PRINCIPALS = 9;

/** The evidence of a deployment with so many workspaces and nothing to complain of. */
function withWorkspaces(count: number): Evidence {
  const { live: _, ...rest } = EVIDENCE;
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

const { organisation: _, ...head } = EVIDENCE.head;

/** Evidence files that the caller named, each under its folder's and its own name. */
const FILES = (process.env.EVIDENCE_FILES ?? '').split(path.delimiter).filter((file) => file !== '');

/** The pages that are opened. */
export const CASES: Readonly<Record<string, Evidence>> = {
  everything: EVIDENCE,
  'one-workspace': withWorkspaces(1),
  'hundred-workspaces': withWorkspaces(100),
  'foreign-app': { ...EVIDENCE, head, tenants: [], models: [], exceptions: [] },
  ...Object.fromEntries(
    FILES.map((file) => [
      `${path.basename(path.dirname(file))}-${path.basename(file, '.json')}`,
      JSON.parse(readFileSync(file, 'utf8')),
    ]),
  ),
};
