import type { Table } from '../../runtime/aws/table';
import { DynamoDbKeyStore } from '../../runtime/gateway/keys/dynamodb-key-store';
import type { KeyRecord } from '../../runtime/gateway/keys/key-record';
import { KeyConflict, type KeyStore } from '../../runtime/gateway/keys/key-registry';
import { newKey } from '../../runtime/gateway/keys/new-key';
import { rotatedKey } from '../../runtime/gateway/keys/rotate-key';
import { findStored } from '../../runtime/gateway/open/dynamodb-open-projects';
import type { OpenProject } from '../../runtime/gateway/open/open-project';
import { deployedTable, type TablePlace } from '../deployed/deployed-table';
import { explained } from '../deployed/table-errors';
import { keysTable } from '../keys/keys-list';
import { type KeysCommand, readKeysCommand } from '../keys/keys-options';
import { print, printError } from '../shared/print';
import { UsageError } from '../shared/usage-error';

const OUTPUTS = { table: 'KeysTable', role: 'KeysRole', session: 'eu-residency-keys' };

/** Runs `keys`; the exit code. */
export async function runKeys(args: readonly string[]): Promise<number> {
  const command = readKeysCommand(args);
  const { place, kind, checkPrices } = placeOf(command);
  try {
    const table = await deployedTable(place, OUTPUTS);
    const open = command.action === 'create' ? await openProjectOf(table, command.project, kind) : undefined;
    if (open !== undefined) checkPrices?.(open.models);
    await ACTIONS[command.action](new DynamoDbKeyStore(table), command, new Date(), open !== undefined);
  } catch (error) {
    throw explained(error, OUTPUTS.role);
  }
  return 0;
}

type Action = (store: KeyStore, command: KeysCommand, now: Date, open: boolean) => Promise<void>;

const ACTIONS: Readonly<Record<KeysCommand['action'], Action>> = {
  create: async (store, { project, label, tokensPerMonth, usdPerMonth, expiresMs, format }, now, open) => {
    const expires = after(now, expiresMs);
    const { key, record } = newKey({
      kind: 'deployment',
      project,
      ...(open && { open: true }),
      created: now,
      label,
      tokensPerMonth,
      usdPerMonth,
      expires,
    });
    await store.add(record);
    show(
      format,
      key,
      record,
      `a key of project '${project}', which ${until(expires)}; store it now: it can't be shown again`,
    );
  },

  list: async (store, { project, format }, now) => {
    const records = await store.list(project);
    if (format === 'json') print(JSON.stringify(records.map(asJson)));
    else if (records.length > 0) print(keysTable(records, now));
    else
      printError(`project '${project}' has no keys; create one with 'eu-residency keys create --project ${project}'`);
  },

  rotate: async (store, { id, project, overlapMs, expiresMs, format }, now) => {
    const was = await store.find(id);
    if (was === undefined || was.project !== project) throw new KeyConflict(`project '${project}' has no key '${id}'`);
    const { key, record } = rotatedKey(was, { now, overlapMs, expires: after(now, expiresMs) });
    await store.replace(record, was);
    const end = record.previous?.expires.toISOString();
    show(
      format,
      key,
      record,
      `the new secret of key '${id}', which ${until(record.expires)}; the old one works until ${end}`,
    );
  },

  revoke: async (store, { id, project, format }, now) => {
    await store.revoke(id, project, now);
    if (format === 'json') print(JSON.stringify({ id, project, revoked: now }));
    else
      printError(
        `key '${id}' has been revoked; a gateway that has just looked it up accepts it for up to 60 seconds more`,
      );
  },
};

/** Only the key is written to standard output, so that it can be piped to a secret store. */
function show(format: KeysCommand['format'], key: string, record: KeyRecord, what: string): void {
  if (format === 'pretty') printError(what);
  print(format === 'pretty' ? key : JSON.stringify({ key, ...asJson(record) }));
}

/** A record as JSON, without its secrets. */
function asJson({ previous, ...record }: KeyRecord) {
  const { id, project, label, created, expires, rotated, revoked, tokensPerMonth, usdPerMonth } = record;
  const times = { created, expires, rotated, revoked, previousExpires: previous?.expires };
  const all = { id, project, label, ...times, tokensPerMonth, usdPerMonth };
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, value ?? null]));
}

const after = (now: Date, ms: number | undefined) => (ms === undefined ? undefined : new Date(now.getTime() + ms));
const until = (end: Date | undefined) => (end === undefined ? 'never expires' : `works until ${end.toISOString()}`);

/** What the configuration says of a project; `unknown` if none was read. */
type ProjectKind = 'declared' | 'open' | 'unknown';

/**
 * The open project that a key is for, which must exist and not have ended: a key works for one kind of project only.
 *
 * @returns undefined if the project isn't open
 * @throws KeyConflict if an open project is meant, and there is none
 */
async function openProjectOf(table: Table, project: string, kind: ProjectKind): Promise<OpenProject | undefined> {
  if (kind === 'declared') return undefined;
  const found = await findStored(table, project).catch((error: Error) => {
    // Where no project is open, the role that manages keys reads nothing but keys.
    if (kind === 'unknown' && error.name === 'AccessDeniedException') return undefined;
    throw error.name === 'UnreadableProject' ? new KeyConflict(error.message) : error;
  });
  if (found === undefined && kind === 'unknown') return undefined;
  if (found === undefined) {
    throw new KeyConflict(
      `there is no project '${project}', neither declared nor open; create it with 'eu-residency projects create ${project}'`,
    );
  }
  const { ended } = found.project;
  if (ended === undefined) return found.project;
  throw new KeyConflict(`project '${project}' ended at ${ended.toISOString()}, and its id is never used again`);
}

/** The configuration loader is slow to start, so it is loaded only when it is needed. */
function placeOf({ project, place, usdPerMonth }: KeysCommand): {
  readonly place: TablePlace;
  readonly kind: ProjectKind;
  /** Checks the prices of an open project's models, which only its row names. */
  readonly checkPrices?: (models?: readonly string[]) => void;
} {
  const { table, stack, role, region, config } = place;
  if (table !== undefined || stack !== undefined) return { place: { table, stack, role, region }, kind: 'unknown' };
  const { loadConfig } = require('../../config/load') as typeof import('../../config/load');
  const { deployment } = loadConfig(config);
  const ids = (deployment?.projects ?? []).map(({ id }) => id);
  const isDeclared = ids.includes(project);
  if (deployment === undefined || !(isDeclared || deployment.openProjects)) {
    throw new UsageError(
      `--project: ${config} has no project '${project}'; it has: ${ids.join(', ') || 'none'}; name one of these, or another ` +
        'deployment with --config, --stack or --table',
    );
  }
  const checkPrices = (models?: readonly string[]) => {
    if (usdPerMonth === undefined) return;
    const { requirePrices } = require('../keys/require-prices') as typeof import('../keys/require-prices');
    requirePrices(deployment, project, config, models);
  };
  if (isDeclared) checkPrices();
  return {
    place: { stack: `${deployment.name}-projects`, role, region: region ?? deployment.primaryRegion },
    kind: isDeclared ? 'declared' : 'open',
    checkPrices,
  };
}
