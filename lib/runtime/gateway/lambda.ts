import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ApiError } from './api-error';
import { createGateway } from './app';
import { Bedrock } from './bedrock';
import { deployedAccess } from './deployed-access';
import { bedrockEndpoints } from './endpoint';
import { freshness } from './freshness/freshness';
import { type RestEvent, toRequest } from './lambda-event';
import { OpenAiServers } from './openai/openai-servers';
import { parsePolicy } from './policy';
import { roleCredentials } from './role-credentials';
import { admit, sourceRegions } from './serving';

const folder = process.env.LAMBDA_TASK_ROOT;
if (!folder) {
  throw new Error("'LAMBDA_TASK_ROOT' is not set, so policy.json can't be found; set it to the folder of the bundle");
}
const policy = parsePolicy(readFileSync(path.join(folder, 'policy.json'), 'utf8'));
const serving = admit(policy);
const endpoints = bedrockEndpoints(serving.boundary, sourceRegions(serving), process.env);
const credentials = () => roleCredentials(process.env);
// API Gateway itself lets in who signs for a workspace, and anybody to projects.
const access = serving.tenant.kind === 'project' ? deployedAccess(serving, process.env) : undefined;
const upstream = new Bedrock({ endpoints, credentials });
const middleware = [...(access?.middleware ?? []), ...freshness(serving, policy, process.env)];
// Servers of the own network are called without a key. OpenAI's own is never part of a deployed policy.
const destinations = [...serving.models.values()].flat();
const servers = destinations.some(({ provider }) => provider === 'openai') ? undefined : new OpenAiServers();
const gateway = createGateway({ serving, upstream, servers, middleware });

/** Serves the requests of a REST API whose integration streams responses. */
export const handler = awslambda.streamifyResponse(async (event: RestEvent, stream: Writable) => {
  const response = await serve(event);
  const metadata = { statusCode: response.status, headers: Object.fromEntries(response.headers) };
  const out = awslambda.HttpResponseStream.from(stream, metadata);
  // Lambda sends the status and headers with the first write only, even where there is no body.
  out.write('');
  try {
    await pipeline(response.body ?? [], out);
  } finally {
    await access?.settled();
  }
});

async function serve(event: RestEvent): Promise<Response> {
  let request: Request;
  try {
    request = toRequest(event);
  } catch {
    return new ApiError(
      400,
      'invalid_value',
      'the method, path or a header has a form that no request can have',
    ).toResponse();
  }
  return gateway.fetch(request);
}
