import { RECOVERY_PREFIX } from '@/lib/contract/environment';
import { SOURCES } from '@/scripts/modules/imports';
import { type Site, sitesIn, type Use } from './sites';

/** Who renames a name while the others don't. */
export const SIDES = ['contract', 'constructs', 'runtime'] as const;

export type Side = (typeof SIDES)[number];

/** A key of a policy or a variable, renamed on one side at every site there. */
export interface Rename {
  readonly name: string;
  readonly side: Side;
  readonly sites: readonly Site[];
  /** What must not compile: each of these groups has an error in one of its files. */
  readonly refusals: readonly (readonly string[])[];
}

/** The files that write a policy's keys and those that read them. */
interface Policy {
  readonly contract: string;
  readonly constructs: readonly string[];
  readonly runtime: readonly string[];
}

const of = (
  name: string,
  constructs: readonly string[],
  runtime: readonly string[] = [`lib/contract/schemas/${name}-schema.ts`],
): Policy => ({
  contract: `lib/contract/policies/${name}-policy.ts`,
  constructs: constructs.map((file) => `lib/${file}.ts`),
  runtime,
});

const POLICIES: readonly Policy[] = [
  of('gateway', [
    'constructs/gateway/gateway-policy-asset',
    'constructs/gateway/gateway-guardrails',
    'constructs/gateway/gateway-tenant',
  ]),
  of('egress', ['constructs/egress/egress-policy-asset']),
  of('hook', ['config/hook-policy'], ['lib/runtime/hook/policy.ts']),
  of('identity', ['constructs/members/workspace-members', 'constructs/members/member-groups']),
  of('key-sets', ['constructs/members/key-set-refresh'], ['lib/runtime/key-sets/issuer.ts']),
  of('ledger', ['constructs/ledger/ledger', 'constructs/foundation/evidence-bucket']),
  of('members', ['constructs/members/member-administration']),
  of('projects', ['constructs/gateway/open-projects-api', 'constructs/gateway/gateway-policy-asset']),
  of('recovery', ['constructs/stores/recovery-keys', 'constructs/tenants/recovery-drill']),
  of('rights', ['constructs/rights/rights-policy']),
  of('scim', ['constructs/members/workspace-scim']),
  of(
    'settings',
    ['constructs/checks/settings-policy', 'constructs/checks/invocation-logging'],
    ['lib/runtime/settings/policy.ts', 'lib/runtime/settings/logging.ts'],
  ),
  of('watch', ['constructs/perimeter/perimeter-watch'], ['lib/runtime/watch/loosening.ts']),
];

/** Every file of the contract that describes a policy; `policies.ts` only lists them. */
export const POLICY_FILES = POLICIES.map(({ contract }) => contract);

/** The boundary writes OpenAI's terms, and only `serve` names versions of guardrails here, so no construct writes these. */
const NOT_DEPLOYED = ['reason', 'zeroRetention', 'schemasMayLeave', 'version'];

const KEYS = POLICIES.flatMap(({ contract, constructs, runtime }) => {
  const renamed = (name: string) => `${name}Renamed`;
  const all = (files: readonly string[], uses: readonly Use[], name: string) =>
    files.flatMap((file) => sitesIn(file, uses, renamed).get(name) ?? []);
  const policy = contract.replace(/^.*\/|-policy\.ts$/g, '');
  return [...sitesIn(contract, ['declared'], renamed).keys()].flatMap((key): Rename[] => {
    const name = `${policy} ${key}`;
    const isDeployed = !NOT_DEPLOYED.includes(key);
    const written = isDeployed ? all(constructs, ['written'], key) : [];
    const read = all(runtime, ['written', 'read'], key);
    return renames(name, { contract: all([contract], ['declared'], key), constructs: written, runtime: read }).filter(
      ({ side }) => isDeployed || side !== 'constructs',
    );
  });
});

const ENVIRONMENT = 'lib/contract/environment.ts';
/** The template of the hook has variables that no construct writes. */
const HOOK_TEMPLATE = 'scripts/hook/hook-template.ts';

const below = (folder: string) => SOURCES.filter((file) => file.startsWith(`${folder}/`));

const VARIABLES = (() => {
  const renamed = (name: string) => `${name}_RENAMED`;
  const all = (files: readonly string[], uses: readonly Use[]) => files.map((file) => sitesIn(file, uses, renamed));
  const constructs = all([...below('lib/constructs'), HOOK_TEMPLATE], ['written']);
  const runtime = all(below('lib/runtime'), ['read', 'named']);
  const contract = all([ENVIRONMENT], ['declared', 'named']);
  const sites = (maps: readonly Map<string, Site[]>[], name: string) => maps.flatMap((map) => map.get(name) ?? []);
  const declared = [...sitesIn(ENVIRONMENT, ['declared'], renamed).keys()].flatMap((name) =>
    renames(name, {
      contract: sites(contract, name),
      constructs: sites(constructs, name),
      runtime: sites(runtime, name),
    }),
  );
  // The contract derives these from the others, and the runtime reads all but one of them by the prefix that the contract states.
  const copies = [...new Set(constructs.flatMap((map) => [...map.keys()]))].filter((name) =>
    name.startsWith(RECOVERY_PREFIX),
  );
  const derived = copies.flatMap((name) =>
    renames(name, { contract: [], constructs: sites(constructs, name), runtime: sites(runtime, name) }),
  );
  const prefix = renames(RECOVERY_PREFIX, {
    contract: sites(contract, RECOVERY_PREFIX),
    constructs: copies.flatMap((name) => sites(constructs, name)),
    runtime: copies.flatMap((name) => sites(runtime, name)),
  });
  return [
    ...declared,
    ...derived.filter((rename) => rename.sites.length > 0),
    ...prefix.filter(({ side }) => side === 'contract'),
  ];
})();

/** What a rename is called. */
export const labelOf = ({ name, side }: Pick<Rename, 'name' | 'side'>): string => `${name} renamed in ${side} alone`;

/** A rename of one side must be refused in each file that it touches; one of the contract, on both other sides. */
function renames(name: string, sites: Readonly<Record<Side, readonly Site[]>>): Rename[] {
  const files = (side: Side) => [...new Set(sites[side].map(({ file }) => file))];
  return SIDES.map((side) => ({
    name,
    side,
    sites: sites[side],
    refusals:
      side === 'contract'
        ? [files('constructs'), files('runtime')].filter((group) => group.length > 0)
        : files(side).map((file) => [file]),
  }));
}

/** Every key of every policy and every variable, renamed on each side alone. */
export const RENAMES: readonly Rename[] = [...KEYS, ...VARIABLES];
