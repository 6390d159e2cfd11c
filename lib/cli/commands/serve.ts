import type { DeploymentConfig } from '../../config/model/config';
import { SERVED } from '../../config/model/purpose';
import type { Served, ServeOptions } from '../../local/serve';
import { exampleRequest } from '../serve/example-request';
import { readServeCommand, type ServeCommand } from '../serve/serve-options';
import { UsageError } from '../shared/usage-error';

export const SERVE_USAGE = `eu-residency serve              the gateway on this machine, on 127.0.0.1 only, with development keys
    --config FILE                 what to serve; default: residency.yaml
    --port PORT                   default: 8787; 0 takes a free one
    --data FOLDER                 where keys and counters are kept; default: .eu-residency
    --upstream echo|aws           echo answers by itself and calls nothing; aws calls Bedrock, and
                                  what else the file names; default: echo
    --format pretty|json          json: one line with URLs and keys once it listens; default: pretty
  standard output: URLs and keys; standard error: a record of each request, without content
  exit code 0: stopped by SIGINT or SIGTERM; 2: it can't start`;

/** Runs `serve` until it is told to stop; the exit code. */
export async function serveCommand(args: readonly string[]): Promise<number> {
  const command = readServeCommand(args);
  const { loadConfig } = require('../../config/load') as typeof import('../../config/load');
  const { boundary, deployment } = loadConfig(command.config, SERVED);
  if (deployment === undefined) {
    throw new UsageError(
      `${command.config}: declares a boundary and nothing to serve; add 'models' and a workspace or a project`,
    );
  }
  // What the AWS SDK warns of, that its later versions need a later Node.js, isn't this command's to say between its lines.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const { serve } = require('../../local/serve') as typeof import('../../local/serve');
  const { port, data, upstream, format } = command;
  const environment = process.env;
  const record = format === 'json' ? writeRecord : sayRecord;
  const served = await serve({ deployment, boundary, port, data, upstream, environment, record });
  const stopped = stopSignal();
  console.log(format === 'json' ? jsonLine(served) : welcome(served, command, deployment));
  await stopped;
  await served.close();
  return 0;
}

/** The first signal ends it in an orderly way; a second one at once, as the system does. */
const stopSignal = () =>
  new Promise<void>((resolve) => {
    const signals = ['SIGINT', 'SIGTERM'] as const;
    const stop = () => {
      for (const signal of signals) process.off(signal, stop);
      resolve();
    };
    for (const signal of signals) process.on(signal, stop);
  });

const jsonLine = ({ projects, workspaces }: Served) => JSON.stringify({ projects, workspaces });

const UPSTREAMS = {
  echo: 'echo, which is no model: it repeats what it is told, and calls nothing',
  aws: 'the destinations of the file: Bedrock with the credentials that the AWS SDK finds, OpenAI with OPENAI_API_KEY',
};

function welcome(served: Served, { config, data, upstream }: ServeCommand, deployment: DeploymentConfig): string {
  const { projects, workspaces } = served;
  const tenants = [
    ...projects.flatMap(({ id, url, key }) => [`project ${id}`, `  base URL  ${url}`, `  key       ${key}`, '']),
    ...workspaces.flatMap(({ id, url, tokens }) => [
      `workspace ${id}`,
      `  base URL  ${url}`,
      ...Object.entries(tokens).map(([role, token]) => `  ${role.padEnd(12)}${token}`),
      '',
    ]),
  ];
  return [
    `${config} is served on this machine only, by ${UPSTREAMS[upstream]}.`,
    `Development keys, the same for as long as '${data}' is kept, and tokens of 30 days; no deployment takes them.`,
    ...acceptedBy(deployment),
    ...(deployment.recoveryRegion === undefined
      ? []
      : ['Nothing is kept a second time here: there is no recovery Region on one machine.']),
    '',
    ...tenants,
    'Try it:',
    '',
    exampleRequest(served, deployment),
  ].join('\n');
}

/** What an owner has accepted beyond the boundary is said wherever it counts. */
function acceptedBy({ models }: DeploymentConfig): string[] {
  const accepted = models.flatMap(({ destinations }) =>
    destinations.flatMap((destination) => (destination.provider === 'bedrock' ? [] : (destination.accepted ?? []))),
  );
  return [...new Set(accepted)].map((text) => `Beyond the boundary: ${text}.`);
}

/** For programs: the records as they are. */
const writeRecord: ServeOptions['record'] = (record, operations) => {
  process.stderr.write(`${JSON.stringify(record)}\n${JSON.stringify(operations)}\n`);
};

/** For people: one line a request. */
const sayRecord: ServeOptions['record'] = (record, { route, status, latency }) => {
  const { time, tenant, model, destination, sourceRegion, outcome, reason } = record;
  const what = [time.slice(11, 19), tenant, route, ...(model === undefined ? [] : [model])].join(' ');
  const how = [
    destination === undefined ? outcome : `${outcome} by ${destination} in ${sourceRegion}`,
    ...(reason === undefined ? [] : [reason]),
    status,
    `${latency} ms`,
  ];
  process.stderr.write(`${what}: ${how.join(', ')}\n`);
};
