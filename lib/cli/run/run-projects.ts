import { adminPath } from '../../contract/admin-path';
import type { Shown } from '../administration/admin-request';
import { assume, outputsOf } from '../deployed/deployed-stack';
import { type ApiRequest, askSigned, ownCredentials, type SignedApi } from '../deployed/signed-api';
import { explained } from '../deployed/table-errors';
import { type ProjectsCommand, type ProjectsPlace, readProjectsCommand } from '../projects/projects-options';
import { projectsTable } from '../projects/projects-table';
import { print, printError } from '../shared/print';
import { UsageError } from '../shared/usage-error';

const ROLE = 'OpenProjectsRole';
const SESSION = 'eu-residency-projects';

/** Runs `projects`; the exit code. */
export async function runProjects(args: readonly string[]): Promise<number> {
  const command = readProjectsCommand(args);
  try {
    const api = await apiOf(command.place);
    if (command.action === 'list') await list(api, command);
    else show(await askSigned(api, requestOf(command)), command);
  } catch (error) {
    throw explained(error, ROLE);
  }
  return 0;
}

async function list(api: SignedApi, { all, format }: ProjectsCommand): Promise<void> {
  const found: Shown[] = [];
  let next: unknown = null;
  do {
    const after = next === null ? '' : `&after=${encodeURIComponent(`${next}`)}`;
    const page: Shown = await askSigned(api, { method: 'GET', path: `?limit=100${after}` });
    found.push(...(page.data as Shown[]));
    next = page.next ?? null;
  } while (next !== null);
  const shown = all ? found : found.filter(({ state }) => state !== 'ended');
  if (format === 'json') print(JSON.stringify({ data: shown }));
  else if (shown.length > 0) print(projectsTable(shown));
  else printError("there are no open projects; create one with 'eu-residency projects create ID'");
}

function requestOf({ action, id, name, models, limits }: ProjectsCommand): ApiRequest {
  switch (action) {
    case 'create':
      return {
        method: 'PUT',
        path: `/${id}`,
        body: { ...(name !== undefined && { name }), ...(models.length > 0 && { models }), limits },
      };
    case 'cap':
      return { method: 'PUT', path: `/${id}/limits`, body: limits };
    case 'end':
      return { method: 'POST', path: `/${id}/end` };
    default:
      return { method: 'GET', path: `/${id}` };
  }
}

function show(project: Shown, { action, format }: ProjectsCommand): void {
  print(format === 'json' ? JSON.stringify(project) : projectsTable([project]));
  if (format === 'json') return;
  if (typeof project.development_key === 'string') printError(`its development key is ${project.development_key}`);
  if (action === 'cap' || action === 'end') printError('gateways apply it within 60 seconds');
}

/** The configuration loader is slow to start, so it is loaded only when it is needed. */
async function apiOf({ url, stack, role, region, config }: ProjectsPlace): Promise<SignedApi> {
  if (url !== undefined) {
    const own = region ?? /\.execute-api\.([a-z0-9-]+)\./.exec(url)?.[1] ?? primaryRegionOf(config);
    const credentials = role === undefined ? await ownCredentials(own) : await assume(role, SESSION, own);
    return { url: `${url}${adminPath('projects')}`, region: own, credentials };
  }
  const place = stack === undefined ? placeIn(config) : { stack, region: region ?? process.env.AWS_REGION };
  const own = region ?? place.region;
  if (own === undefined) throw new UsageError('the Region is missing; add --region, or set AWS_REGION');
  const outputs = await outputsOf(place.stack, own);
  const { OpenProjectsUrl } = outputs;
  if (OpenProjectsUrl === undefined) {
    throw new UsageError(
      `stack '${place.stack}' has no output 'OpenProjectsUrl'; add 'open' to 'projects' in residency.yaml and deploy, or name ` +
        'another stack with --stack',
    );
  }
  const assumed = role ?? outputs[ROLE];
  const credentials = assumed === undefined ? await ownCredentials(own) : await assume(assumed, SESSION, own);
  return { url: OpenProjectsUrl, region: own, credentials };
}

function placeIn(config: string): { readonly stack: string; readonly region: string } {
  const { deployment } = load(config);
  if (deployment?.openProjects === undefined) {
    throw new UsageError(
      `${config} opens no projects; add 'open' to 'projects', or name another deployment with --config, --stack or --url`,
    );
  }
  return { stack: `${deployment.name}-projects`, region: deployment.primaryRegion };
}

function primaryRegionOf(config: string): string {
  const region = load(config).deployment?.primaryRegion;
  if (region !== undefined) return region;
  throw new UsageError('the Region is missing; add --region');
}

function load(config: string) {
  const { loadConfig } = require('../../config/load') as typeof import('../../config/load');
  const { SERVED } = require('../../config/model/purpose') as typeof import('../../config/model/purpose');
  return loadConfig(config, SERVED);
}
