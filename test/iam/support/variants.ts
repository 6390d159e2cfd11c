import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App } from 'aws-cdk-lib/core';
import type { Destination } from '@/lib/boundary/destination';
import type { AnyDestination } from '@/lib/boundary/server';
import { loadConfig } from '@/lib/config/load';
import { callersOf } from '@/lib/config/model/callers';
import { deploymentStacks } from '@/test/support/deployment';
import { FEATURE_FLAGS } from '@/test/support/feature-flags';
import type { Declared } from './call';
import type { DeployedStack } from './physical';

const SAMPLE = readFileSync(path.join(__dirname, '../../../residency.yaml'), 'utf8');
const ACCOUNT = '111122223333';

/** Changes a part of the sample's text. @throws if the sample no longer contains it */
function changed(text: string, part: string | RegExp, into: (found: string) => string): string {
  const result = text.replace(part, into);
  if (result === text) throw new Error(`residency.yaml no longer contains ${part}`);
  return result;
}

const HELPDESK = '- bedrock: openai.gpt-oss-120b-1:0\n';
const SIGN_IN = `    models: [assistant]
    scim: {}
    identity:
      oidc: { issuer: "https://login.example.eu", clientId: chat, clientSecretName: chat/oidc }
      groups: { member: [chat-users], admin: [chat-admins] }
`;
const SERVER = '[{ server: "http://10.0.5.5:8000/v1", model: model, addresses: [10.0.5.0/24] }]';

const GIVEN_VPC = () => changed(SAMPLE, /#network:\n(#.*\n)+/, (section) => section.replaceAll(/^#/gm, ''));

const BACKGROUND = () => changed(SAMPLE, '    models: [assistant]\n', (line) => `${line}    background: {}\n`);

/** The sample, and the deployments that differ from it in what decides on calls. */
export const VARIANTS = {
  sample: () => SAMPLE,
  recovery: () => changed(SAMPLE, '  #recovery:', () => '  recovery:'),
  'office files': () =>
    changed(SAMPLE, /( +)retention: 365d\n/, (line) => `${line}${line.replace(/retention.*/, 'officeFiles: true')}`),
  'use of single members': () =>
    `${SAMPLE}\nmonitoring: { perMember: { reason: agreed, approver: Ada, until: 2027-01-31 } }\n`,
  background: BACKGROUND,
  'given VPC': () => changed(GIVEN_VPC(), /\n *endpoints: .*/, () => ''),
  'given VPC with endpoints': () => GIVEN_VPC(),
  scim: () =>
    [
      ['    models: [assistant]\n', SIGN_IN],
      ['#places:\n', 'places:\n  - { host: login.example.eu, country: FR, reason: ours }\n'],
    ].reduce((text, [part = '', into]) => changed(text, part, () => `${into}`), SAMPLE),
  'further Region': () => changed(SAMPLE, HELPDESK, (line) => `${line}      ${line}        region: eu-north-1\n`),
  // Each of the two kinds of tenant has a model outside AWS, and a worker calls one too.
  egress: () =>
    [
      [/#providers:\n(#.*\n)+/, (section: string) => section.replaceAll(/^#/gm, '')] as const,
      ['#egress:', () => 'egress:'] as const,
      ['#- { provider: azure-eu', () => '- { provider: azure-eu'] as const,
      [
        'destinations: [{ bedrock',
        () => 'destinations: [{ provider: ovh-eu, model: gpt-oss-120b }, { bedrock',
      ] as const,
    ].reduce((text, [part, into]) => changed(text, part, into), BACKGROUND()),
  'open projects': () =>
    changed(
      SAMPLE,
      /projects:\n(?= {2}- id)/,
      () => 'projects:\n  open: { models: [helpdesk], limits: { tokensPerDay: 5000 }, maximum: 500 }\n  declared:\n',
    ),
  'sovereign partition': () =>
    [
      ['boundary: eu\n', 'boundary: [eusc-de-east-1]\n'],
      ['primary: eu-central-1', 'primary: eusc-de-east-1'],
      [
        /models:\n {2}- id[\s\S]*?(?=# Tenants whose)/,
        `models:\n  - { id: assistant, destinations: ${SERVER} }\n  - { id: helpdesk, destinations: ${SERVER} }\n`,
      ],
    ].reduce((text, [part = '', into]) => changed(text, part, () => `${into}`), SAMPLE),
} satisfies Readonly<Record<string, () => string>>;

export type VariantName = keyof typeof VARIANTS;

const isBedrock = (destination: AnyDestination): destination is Destination => destination.provider === 'bedrock';

/** The stacks of a variant as they would be deployed, and what its file declares. */
export const synthesize = (variant: VariantName): Synthesized => synthesizeText(VARIANTS[variant]());

/** The stacks of a file as they would be deployed, and what it declares. */
export interface Synthesized {
  readonly stacks: DeployedStack[];
  readonly declared: Declared;
}

/** @param text a `residency.yaml` that needs no other file */
export function synthesizeText(text: string): Synthesized {
  const folder = mkdtempSync(path.join(tmpdir(), 'iam-'));
  const file = path.join(folder, 'residency.yaml');
  writeFileSync(file, text);
  const { boundary, deployment } = loadConfig(file);
  if (deployment === undefined) throw new Error('the file declares nothing to deploy');
  // Nothing is deployed from it, so it contains no code. Paths name the constructs in findings.
  const context = { ...FEATURE_FLAGS, 'aws:cdk:disable-asset-staging': true, 'aws:cdk:enable-path-metadata': true };
  const app = new App({ outdir: path.join(folder, 'cdk.out'), context });
  deploymentStacks(deployment, { app, boundary, account: ACCOUNT });
  const stacks = app.synth().stacks.map(({ stackName, environment: { region }, template }) => ({
    name: stackName,
    region,
    account: ACCOUNT,
    partition: region.startsWith('eusc-') ? 'aws-eusc' : 'aws',
    template,
  }));
  const { models, workspaces, network } = deployment;
  const callers = callersOf(deployment);
  const ofModels = (ids: readonly string[]) =>
    models.filter(({ id }) => ids.includes(id)).flatMap(({ destinations }) => destinations.filter(isBedrock));
  return {
    stacks,
    declared: {
      existingEndpoints: Object.entries(network.vpc?.endpoints ?? {}).flatMap(([service, how]) =>
        how === 'existing' ? [service] : [],
      ),
      all: ofModels(models.map(({ id }) => id)),
      ofTenant: (tenant) =>
        ofModels(
          (tenant === 'projects' ? callers : workspaces.filter(({ id }) => id === tenant)).flatMap((one) => one.models),
        ),
    },
  };
}
