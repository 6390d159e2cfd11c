import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { tenderAnswer } from '@/lib/evidence/tender/annex';
import { ANSWERS, type AnswerId } from '@/lib/evidence/tender/answers';
import { PROVIDERS } from '@/lib/facts/generated/providers';
import { SERVICE_FACTS } from '@/lib/facts/generated/services';
import { isReliable } from '@/lib/facts/reliance';
import type { TemplateInput } from '@/lib/guard/assembly/template-input';
import { accessTo } from '@/lib/report/access/access-to-keys';
import { sumOfParts } from '@/lib/report/cost/bill';
import { fixedPart } from '@/lib/report/cost/fixed-part';
import { gatewaysOf } from '@/lib/report/cost/gateways';
import { wholeInventory } from '@/lib/report/inventory';
import { DEPLOYMENT, deploymentStacks, EU } from '@/test/support/deployment';
import { OPENAI, withEgress } from '@/test/support/egress-deployment';

const NOW = new Date('2026-11-30');

/** The templates of a deployment. */
function templatesOf(deployment: typeof DEPLOYMENT): TemplateInput[] {
  const { foundation, egress, workspaces, projects, ledger } = deploymentStacks(deployment);
  return [foundation, egress, ...workspaces, projects, ledger].flatMap((stack) =>
    stack === undefined
      ? []
      : [
          {
            file: `${stack.stackName}.json`,
            stack: stack.stackName,
            group: 'app',
            deployRegion: 'eu-central-1',
            template: Template.fromStack(stack).toJSON(),
          },
        ],
  );
}

const OFF = templatesOf(DEPLOYMENT);
const ON = templatesOf(withEgress());

const inventoryOf = (templates: readonly TemplateInput[]) =>
  wholeInventory(templates, { boundaryOf: () => EU, now: NOW, profileRows: [] });

const refuted = (templates: readonly TemplateInput[]) => {
  const facts = { templates, attested: new Map(), titles: new Map(), date: '2026-11-30' };
  return (Object.keys(ANSWERS) as AnswerId[]).filter(
    (id) => ANSWERS[id].status !== 'not-met' && tenderAnswer(id, facts).status === 'not-met',
  );
};

test('without an egress, nothing in the inventory and the cost is about one', () => {
  expect(inventoryOf(OFF).flatMap(({ destinations }) => destinations.filter(({ external }) => external))).toEqual([]);
  expect(JSON.stringify(OFF)).not.toMatch(/residency:providers|NetworkFirewall|SecretsManager|NatGateway/);
  expect(fixedPart(OFF, NOW).lines.map(({ item }) => item)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/firewall endpoints|NAT|secrets/)]),
  );
});

test('with an egress, the inventory names the provider for the tenants that call it, and for no other', () => {
  const called = inventoryOf(ON).flatMap(({ stack, destinations }) =>
    destinations.flatMap(({ id, external }) => (external ? [[stack, id, external] as const] : [])),
  );
  const external = expect.objectContaining({
    provider: 'OpenAI',
    host: 'eu.api.openai.com',
    company: 'OpenAI Ireland Limited',
    ownerCountry: 'US',
    sharedCdn: true,
    accepted: OPENAI.reason,
  });
  expect(called).toEqual([
    ['exemple-workspace-sciences', 'openai/gpt-5.4', external],
    ['exemple-projects', 'openai/gpt-5.4', external],
  ]);
});

test('with an egress, the cost has two zones of it, and knows the price of each part', () => {
  const [off, on] = [fixedPart(OFF, NOW), fixedPart(ON, NOW)];
  expect(on.unknown).toEqual([]);
  const [before, after] = [sumOfParts(off.lines, 'fixed'), sumOfParts(on.lines, 'fixed')];
  expect(after.isComplete).toBe(true);
  // Two zones are $585. The rest are endpoints of Lambda and Secrets Manager, a key, a secret, and alarms.
  expect(after.cents - before.cents).toBeGreaterThan(585_00);
  expect(after.cents - before.cents).toBeLessThan(650_00);
  expect(gatewaysOf(ON).map(({ egressMemory }) => egressMemory)).toEqual([0.5, 0.5, 0.5]);
});

test('with an egress, the access to provider keys is complete: the function reads, and the role for it sets', () => {
  expect(accessTo(OFF).secrets).toEqual([]);
  const [secret, ...others] = accessTo(ON).secrets;
  expect(others).toEqual([]);
  const deployer = expect.stringMatching(/:role\/cdk-hnb659fds-cfn-exec-role-/);
  expect(secret?.entries.map(({ can, who, assumedBy }) => [can, who, assumedBy])).toEqual([
    ['read', expect.stringMatching(/^EgressRole/), ['lambda.amazonaws.com']],
    ['set', expect.stringMatching(/^EgressKeysWriter/), ['account 111122223333']],
    ['set', deployer, undefined],
    ['rewrite policy', deployer, undefined],
  ]);
  expect(secret?.unknown).toEqual([]);
  // The evidence and the report list both with the key that the secrets are under.
  const key = accessTo(ON).keys.find(({ protects }) => protects.some(({ type }) => type.includes('SecretsManager')));
  expect(key?.entries.filter(({ can }) => can === 'decrypt').map(({ who }) => who)).toEqual(
    expect.arrayContaining([secret?.entries[0]?.who, secret?.entries[1]?.who]),
  );
});

test('a tender is answered alike, but that an accepted Europe is wider than the boundary', () => {
  const before = refuted(OFF);
  expect(refuted(ON).filter((id) => !before.includes(id))).toEqual(['place.processing', 'place.no-fallback']);
  expect(before.filter((id) => id.startsWith('network.'))).toEqual(['network.host-name']);
});

test('LIMITS names each provider that no deployment or no project can call, and each that shares its front end', () => {
  const limits = readFileSync(path.join(__dirname, '../../docs/LIMITS.md'), 'utf8');
  const section = /^## Other models\n(.*?)^## /ms.exec(limits)?.[1] ?? '';
  const named = SERVICE_FACTS.filter(({ provider, basePath, sharedCdn }) => {
    const fact = PROVIDERS.find((row) => row.provider === provider);
    const isPossible = fact !== undefined && isReliable(fact) && basePath !== null;
    return !isPossible || fact.days !== 0 || sharedCdn === true;
  }).map(({ provider }) => provider);
  expect(named.sort()).toEqual(['Google', 'IONOS', 'OpenAI', 'Scaleway']);
  expect(named.filter((name) => !section.includes(name))).toEqual([]);
});
