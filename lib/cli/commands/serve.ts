import { SERVED } from '../../config/model/purpose';
import type { Served } from '../../local/serve';
import type { ServeOptions } from '../../local/serve-options';
import type { ProviderEvent } from '../../runtime/gateway/providers/provider-watch';
import type { CommandHelp } from '../help/command-help';
import { recordsAsJson, recordsAsLines } from '../serve/request-lines';
import { readServeCommand } from '../serve/serve-options';
import { writeTokenFiles } from '../serve/token-files';
import { welcome } from '../serve/welcome';
import { print, printError } from '../shared/print';
import { UsageError } from '../shared/usage-error';

export const SERVE_HELP: CommandHelp = {
  summary: 'Run the gateway on this machine, with development keys',
  usage: [['serve [OPTIONS]']],
  options: [
    ['--config FILE', 'configuration to serve; default: residency.yaml'],
    ['--port PORT', '0 takes a free port; default: 8787'],
    ['--data FOLDER', 'where keys, counters and content are stored; default: .eu-residency'],
    [
      '--upstream echo|aws',
      'echo answers by itself and calls nothing; aws calls Bedrock and the other destinations of the configuration; ' +
        'default: echo',
    ],
    [
      '--format pretty|json',
      'json prints one line with URLs, keys and tokens when the gateway listens; default: pretty',
    ],
  ],
  notes: [
    'The gateway listens on 127.0.0.1 only. Standard output has URLs and keys; standard error has a record of each request, ' +
      'without content.',
  ],
  examples: ['serve --port 8787'],
  exitCodes: [
    [0, 'stopped by SIGINT or SIGTERM'],
    [2, "the gateway can't start"],
  ],
};

/** Runs `serve` until a signal stops it; the exit code. */
export async function serveCommand(args: readonly string[]): Promise<number> {
  const command = readServeCommand(args);
  const { loadConfig } = require('../../config/load') as typeof import('../../config/load');
  const { boundary, deployment } = loadConfig(command.config, SERVED);
  if (deployment === undefined) {
    throw new UsageError(
      `${command.config}: declares a boundary and nothing to serve; add 'models' and a workspace or a project`,
    );
  }
  // The AWS SDK's warning about the Node.js version of its later releases would appear between this command's lines.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const { serve } = require('../../local/serve') as typeof import('../../local/serve');
  const { port, data, upstream, format } = command;
  const environment = process.env;
  const record = (format === 'json' ? recordsAsJson : recordsAsLines)(upstream);
  const served = await serve({
    deployment,
    boundary,
    port,
    data,
    upstream,
    environment,
    record,
    issued: issuedIn(format),
    provider: (event) => printError(format === 'json' ? JSON.stringify(event) : providerLine(event)),
  });
  const stopped = stopSignal();
  print(
    format === 'json'
      ? jsonLine(served)
      : welcome(served, command, deployment, writeTokenFiles(data, served), boundary._facts?.layers),
  );
  await stopped;
  await served.close();
  return 0;
}

/** The first signal ends it in order; a second one ends it at once, as the system does. */
const stopSignal = () =>
  new Promise<void>((resolve) => {
    const signals = ['SIGINT', 'SIGTERM'] as const;
    const stop = () => {
      for (const signal of signals) process.off(signal, stop);
      resolve();
    };
    for (const signal of signals) process.on(signal, stop);
  });

/** Prints the new token of a member, which no request gets. */
const issuedIn =
  (format: 'pretty' | 'json'): ServeOptions['issued'] =>
  (workspace, member, token) =>
    print(
      format === 'json'
        ? JSON.stringify({ workspace, member, token })
        : `workspace '${workspace}': the new token of '${member}' is ${token}`,
    );

const jsonLine = ({ projects, workspaces, openProjects }: Served) =>
  JSON.stringify({ projects, workspaces, ...(openProjects && { openProjects }) });

/** What went out of use, or came back. */
function providerLine(event: ProviderEvent): string {
  if (event.event === 'provider-readmitted') return `'${event.name}' is in use again`;
  if (event.event === 'provider-left')
    return `'${event.name}' is out of use, because it refused ${event.refusals} calls; 'eu-residency providers list' shows more`;
  const { operation, error, names = [] } = event;
  const what = names.length > 0 ? ` of ${names.map((name) => `'${name}'`).join(', ')}` : '';
  const how =
    operation === 'read' ? `can't be read (${error}); the last reading counts` : `can't be written (${error})`;
  return `the provider states${what} in the data folder ${how}; check that the folder can be used`;
}
