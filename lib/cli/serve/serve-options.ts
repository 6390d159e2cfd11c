import { parseArgs } from 'node:util';
import { oneOf } from '../shared/one-of';
import { UsageError } from '../shared/usage-error';

/** A valid command line of `serve`. */
export interface ServeCommand {
  readonly config: string;
  readonly port: number;
  readonly data: string;
  readonly upstream: 'echo' | 'aws';
  readonly format: 'pretty' | 'json';
}

const OPTIONS = {
  config: { type: 'string', default: 'residency.yaml' },
  port: { type: 'string', default: '8787' },
  data: { type: 'string', default: '.eu-residency' },
  upstream: { type: 'string', default: 'echo' },
  format: { type: 'string', default: 'pretty' },
} as const;

/** Reads the command line of `serve`. */
export function readServeCommand(args: readonly string[]): ServeCommand {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  return {
    config: values.config,
    port: portOf(values.port),
    data: values.data,
    upstream: oneOf('--upstream', values.upstream, ['echo', 'aws']),
    format: oneOf('--format', values.format, ['pretty', 'json']),
  };
}

function portOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new UsageError(`--port: found '${text}'; allowed: a number from 0 to 65535, where 0 takes a free port`);
}
