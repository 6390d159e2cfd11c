import type { DeploymentConfig } from '../../config/model/config';
import { SCIM_PATH } from '../../contract/scim-path';
import { admissionsIn } from '../../facts/admissions';
import type { FactLayer } from '../../facts/layers';
import { admittedBy } from '../../facts/origin-words';
import type { Served } from '../../local/serve';
import { exampleRequest } from './example-request';
import type { ServeCommand } from './serve-options';
import type { ShellKeys } from './token-files';

const UPSTREAMS = {
  echo: 'by the echo, which is not a model: it repeats its input, and calls nothing',
  aws: 'by the destinations of the file: Bedrock with the credentials that the AWS SDK finds, providers outside AWS with your keys, such as OPENAI_API_KEY',
};

/** What `serve` prints once it listens: lines to paste for each project and each role of a workspace. */
export function welcome(
  served: Served,
  { config, data, upstream }: ServeCommand,
  deployment: DeploymentConfig,
  keys: ShellKeys,
  layers: readonly FactLayer[] = [],
): string {
  const { projects, workspaces, openProjects } = served;
  return [
    `${config} is served on this machine only, ${UPSTREAMS[upstream]}.`,
    `Keys stay the same as long as '${data}' exists, and tokens are valid for 30 days. They are for development: no deployment accepts them.`,
    ...acceptedBy(deployment),
    ...admissionsIn(layers).map(({ id, origin }) => `${id} is ${admittedBy(origin)}.`),
    ...(deployment.recoveryRegion === undefined
      ? []
      : ['Nothing is replicated here: one machine has no recovery Region.']),
    '',
    ...projects.flatMap(({ id, url }) => [
      `# project ${id}`,
      `export OPENAI_BASE_URL=${url} OPENAI_API_KEY=${keys.project(id)}`,
      '',
    ]),
    ...(openProjects
      ? [
          `# open projects: eu-residency projects --url ${openProjects.url}`,
          `export AWS_ACCESS_KEY_ID=${openProjects.accessKeyId} AWS_SECRET_ACCESS_KEY=${openProjects.secretAccessKey} AWS_SESSION_TOKEN=`,
          '',
        ]
      : []),
    ...workspaces.flatMap(({ id, url, tokens, scimToken }) => [
      ...Object.keys(tokens).flatMap((role) => roleLines(id, url, role, keys)),
      ...(scimToken === undefined ? [] : scimLines(id, url, scimToken)),
    ]),
    'Try it:',
    '',
    projects.length + workspaces.length > 0
      ? exampleRequest(served, deployment, keys)
      : `eu-residency projects create example --url ${openProjects?.url}`,
  ].join('\n');
}

/** Administrators and auditors can't reach content; their tokens are for the commands that administer a workspace. */
function roleLines(id: string, url: string, role: string, keys: ShellKeys): string[] {
  const commands = { admin: 'members, rights', auditor: 'records' }[role];
  const own = `"${keys.member(id, role)}"`;
  return commands === undefined
    ? [`# workspace ${id}, ${role}`, `export OPENAI_BASE_URL=${url} OPENAI_API_KEY=${own}`, '']
    : [`# workspace ${id}, ${role}: eu-residency ${commands} --url ${url}`, `export EU_RESIDENCY_TOKEN=${own}`, ''];
}

const scimLines = (id: string, url: string, token: string): string[] => [
  `# workspace ${id}, an identity system that sends users and groups by SCIM`,
  `export SCIM_URL=${url.replace(/\/v1$/, SCIM_PATH)} SCIM_TOKEN=${token}`,
  '',
];

/** What an owner has accepted beyond the boundary is repeated here, as in every output. */
function acceptedBy({ models }: DeploymentConfig): string[] {
  const accepted = models.flatMap(({ destinations }) =>
    destinations.flatMap((destination) => (destination.provider === 'bedrock' ? [] : (destination.accepted ?? []))),
  );
  return [...new Set(accepted)].map((text) => `Beyond the boundary: ${text}.`);
}
