import { DynamoDbKeyStore } from '../../runtime/gateway/keys/dynamodb-key-store';
import type { KeyRecord } from '../../runtime/gateway/keys/key-record';
import { KeyConflict, type KeyStore } from '../../runtime/gateway/keys/key-registry';
import { newKey } from '../../runtime/gateway/keys/new-key';
import { rotatedKey } from '../../runtime/gateway/keys/rotate-key';
import { deployedTable, type TablePlace } from '../deployed/deployed-table';
import { explained } from '../deployed/table-errors';
import { keysTable } from '../keys/keys-list';
import { readScimCommand, type ScimCommand } from '../scim/scim-options';
import { print, printError } from '../shared/print';
import { UsageError } from '../shared/usage-error';

const OUTPUTS = { table: 'ScimTokensTable', role: 'ScimTokensRole', session: 'eu-residency-scim' };

/** The most tokens that can be valid at once: two, so that an identity system can change from one to the other. */
const MOST_VALID = 2;

/** Runs `scim`; the exit code. */
export async function runScim(args: readonly string[]): Promise<number> {
  const command = readScimCommand(args);
  const place = placeOf(command);
  try {
    const store = new DynamoDbKeyStore(await deployedTable(place, OUTPUTS));
    await ACTIONS[command.action](store, command, new Date());
  } catch (error) {
    throw explained(error, OUTPUTS.role);
  }
  return 0;
}

type Action = (store: KeyStore, command: ScimCommand, now: Date) => Promise<void>;

const ACTIONS: Readonly<Record<ScimCommand['action'], Action>> = {
  create: async (store, { workspace, expiresMs, format }, now) => {
    const valid = (await store.list(workspace)).filter(
      ({ expires, revoked }) => revoked === undefined && expires !== undefined && now < expires,
    );
    if (valid.length >= MOST_VALID) {
      throw new KeyConflict(
        `workspace '${workspace}' has ${valid.length} valid tokens, and can have ${MOST_VALID}; revoke ${valid.map(({ id }) => `'${id}'`).join(' or ')} first`,
      );
    }
    const expires = new Date(now.getTime() + expiresMs);
    const { key, record } = newKey({ kind: 'scim', project: workspace, created: now, expires });
    await store.add(record);
    show(
      format,
      key,
      record,
      `a SCIM token of workspace '${workspace}', which works until ${expires.toISOString()}; store it now: it can't be shown again`,
    );
  },

  list: async (store, { workspace, format }, now) => {
    const records = await store.list(workspace);
    if (format === 'json') print(JSON.stringify(records.map(asJson)));
    else if (records.length > 0) print(keysTable(records, now));
    else
      printError(
        `workspace '${workspace}' has no SCIM token; create one with 'eu-residency scim create --workspace ${workspace}'`,
      );
  },

  rotate: async (store, { id, workspace, overlapMs, expiresMs, format }, now) => {
    const was = await own(store, id, workspace);
    const expires = new Date(now.getTime() + expiresMs);
    const { key, record } = rotatedKey(was, { now, overlapMs, expires });
    await store.replace(record, was);
    const end = record.previous?.expires.toISOString();
    show(
      format,
      key,
      record,
      `the new secret of token '${id}', which works until ${expires.toISOString()}; the old one works until ${end}`,
    );
  },

  revoke: async (store, { id, workspace, format }, now) => {
    const { revoked } = await own(store, id, workspace);
    if (revoked !== undefined) throw new KeyConflict(`token '${id}' was revoked at ${revoked.toISOString()}`);
    await store.revoke(id, workspace, now);
    if (format === 'json') print(JSON.stringify({ id, workspace, revoked: now }));
    else
      printError(
        `token '${id}' has been revoked; a function that has just looked it up accepts it for up to 60 seconds more`,
      );
  },
};

async function own(store: KeyStore, id: string, workspace: string): Promise<KeyRecord> {
  const record = await store.find(id);
  if (record?.project === workspace) return record;
  throw new KeyConflict(`workspace '${workspace}' has no SCIM token '${id}'`);
}

/** Only the token is written to standard output, so that it can be piped to a secret store. */
function show(format: ScimCommand['format'], token: string, record: KeyRecord, what: string): void {
  if (format === 'pretty') printError(what);
  print(format === 'pretty' ? token : JSON.stringify({ token, ...asJson(record) }));
}

/** A record as JSON, without its secrets. */
function asJson({ id, project: workspace, created, expires, rotated, revoked, previous }: KeyRecord) {
  const all = { id, workspace, created, expires, rotated, revoked, previousExpires: previous?.expires };
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, value ?? null]));
}

/** The configuration loader is slow to start, so it is loaded only when it is needed. */
function placeOf({ workspace, place }: ScimCommand): TablePlace {
  const { table, stack, role, region, config } = place;
  if (table !== undefined || stack !== undefined) return { table, stack, role, region };
  const { loadConfig } = require('../../config/load') as typeof import('../../config/load');
  const { deployment } = loadConfig(config);
  const ids = (deployment?.workspaces ?? []).filter(({ scim }) => scim !== undefined).map(({ id }) => id);
  if (deployment === undefined || !ids.includes(workspace)) {
    throw new UsageError(
      `--workspace: ${config} has no workspace '${workspace}' with 'scim'; those that have it: ${ids.join(', ') || 'none'}; add 'scim: {}' ` +
        'to the workspace and deploy it, or name another deployment with --config, --stack or --table',
    );
  }
  return { stack: `${deployment.name}-workspace-${workspace}`, role, region: region ?? deployment.primaryRegion };
}
