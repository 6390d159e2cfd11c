import type {
  Evidence,
  EvidenceHead,
  EvidencePointer,
  EvidenceRow,
  EvidenceStatus,
  PlatformStatement,
  RegionRow,
} from '../core/evidence';
import { allRows } from '../core/row';
import type { Part } from './read-part';

/**
 * One report over the accounts of several. Each row keeps its words; its ID, stack and file begin with the account. A Region has one row,
 * which states the gravest of them.
 *
 * @param parts reports that can be joined, at least one
 */
export function joinEvidence(parts: readonly [Part, ...Part[]]): Evidence {
  const ordered = [...parts].sort((a, b) => (a.account < b.account ? -1 : 1));
  const rows = <T extends EvidenceRow>(of: (evidence: Evidence) => readonly T[]): T[] =>
    ordered.flatMap((part) => of(part.evidence).map((row) => ofAccount(part.account, row)));
  const sections = {
    regions: joinedRegions(rows(({ regions }) => regions)),
    tenants: rows(({ tenants }) => tenants),
    stores: rows(({ stores }) => stores),
    keys: rows(({ keys }) => keys),
    models: rows(({ models }) => models),
    flows: rows(({ flows }) => flows),
    exceptions: rows(({ exceptions }) => exceptions),
    findings: rows(({ findings }) => findings),
    alarms: rows(({ alarms }) => alarms),
    ...joinedPlatform(ordered),
    ...(ordered.some(({ evidence }) => evidence.live !== undefined) && { live: rows(({ live = [] }) => live) }),
    ...(ordered.some(({ evidence }) => evidence.drills !== undefined) && {
      drills: rows(({ drills = [] }) => drills),
    }),
  };
  return { format: 1, head: joinedHead(ordered, parts[0].evidence.head, allRows(sections)), ...sections };
}

/** A row with the account before what only the account's own report makes unique. */
function ofAccount<T extends EvidenceRow>(account: string, row: T): T {
  const { stack, tenant } = row as { readonly stack?: string; readonly tenant?: string };
  return {
    ...row,
    id: `${account}:${row.id}`,
    pointer: ofAccountPointer(account, row.pointer),
    ...(stack !== undefined && { stack: `${account}/${stack}` }),
    ...(tenant !== undefined && { tenant: `${account}/${tenant}` }),
  };
}

const ofAccountPointer = (account: string, { stack, file, ...rest }: EvidencePointer): EvidencePointer => ({
  ...(stack !== undefined && { stack: `${account}/${stack}` }),
  ...(file !== undefined && { file: `${account}/${file}` }),
  ...rest,
});

const GRAVEST: readonly EvidenceStatus[] = ['failed', 'unknown', 'attention', 'ok'];

function joinedRegions(rows: readonly RegionRow[]): RegionRow[] {
  return [...new Set(rows.map(({ region }) => region))].sort().map((region) => {
    const own = rows.filter((row) => row.region === region);
    const [stated] = GRAVEST.flatMap((status) => own.filter((row) => row.status === status));
    const uses = USES.filter((use) => own.some((row) => row.uses.includes(use)));
    return { ...(stated as RegionRow), id: `region:${region}`, uses };
  });
}

const USES: RegionRow['uses'] = ['stores', 'keys', 'gateway', 'inference', 'recovery'];

/** Companies outside EU law are refused only if every account refuses them. */
function joinedPlatform(parts: readonly Part[]): { readonly platform?: PlatformStatement } {
  const stated = parts.flatMap(({ evidence: { platform } }) => (platform === undefined ? [] : [platform]));
  const [first] = stated;
  if (first === undefined) return {};
  const isEverywhere = stated.length === parts.length && stated.every(({ euOwnedOnly }) => euOwnedOnly);
  return { platform: { ...first, euOwnedOnly: isEverywhere } };
}

function joinedHead(parts: readonly Part[], head: EvidenceHead, rows: readonly EvidenceRow[]): EvidenceHead {
  const heads = parts.map(({ evidence }) => evidence.head);
  const count = (status: EvidenceStatus) => rows.filter((row) => row.status === status).length;
  const { version, boundary, facts } = head;
  const organisations = [...new Set(heads.map(({ organisation }) => JSON.stringify(organisation)))];
  return {
    version,
    // The whole is as old as its oldest part.
    date: heads.map(({ date }) => date).sort()[0] ?? head.date,
    ...(organisations.length === 1 && head.organisation !== undefined && { organisation: head.organisation }),
    boundary,
    templates: parts.flatMap(({ account, evidence }) =>
      evidence.head.templates.map(({ stack, file, ...rest }) => ({
        stack: `${account}/${stack}`,
        file: `${account}/${file}`,
        ...rest,
      })),
    ),
    facts,
    summary: {
      ok: count('ok'),
      attention: count('attention'),
      failed: count('failed'),
      unknown: count('unknown'),
    },
    parts: parts.map(({ stated }) => stated),
  };
}
