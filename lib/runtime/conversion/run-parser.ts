import { spawn } from 'node:child_process';
import {
  FAILURES,
  type Failure,
  LOSSES,
  type Lost,
  MAX_TEXT_BYTES,
  OFFICE_KINDS,
  type Parsed,
} from '../../contract/conversion';

/** The name of the parser's file, next to the bundle that runs it. */
export const PARSER_FILE = 'parser.cjs';

/** The heap of the parser, in MiB. Its buffers, such as the file itself, are outside of it. */
const HEAP_MIB = 256;

/** How long the parser may run. */
const TIME_MS = 60_000;

/** What the parser may output: as JSON, a character takes six bytes at most. */
const MAX_OUTPUT_BYTES = 6 * MAX_TEXT_BYTES + 10_000;

/** The name of the flag before it was final. */
const PERMISSION = process.allowedNodeEnvironmentFlags.has('--permission')
  ? '--permission'
  : '--experimental-permission';

/** How a parser is run. */
export interface ParserOptions {
  /** The path of the parser's bundle. */
  readonly file: string;
  /** @default 60 seconds, in milliseconds */
  readonly timeMs?: number;
  /**
   * Ends the process without an outcome.
   *
   * @default - nothing does
   */
  readonly signal?: AbortSignal;
}

/**
 * Parses a file in a process of its own, without an environment, and with permission to read its own bundle and nothing else. What it
 * outputs is checked like any other input.
 *
 * @throws Error when the process can't be started, or the signal ended it
 */
export async function runParser(
  content: Uint8Array,
  { file, timeMs = TIME_MS, signal }: ParserOptions,
): Promise<Parsed> {
  const flags = [PERMISSION, `--allow-fs-read=${file}`, `--max-old-space-size=${HEAP_MIB}`, '--no-warnings'];
  const child = spawn(process.execPath, [...flags, file], {
    env: {},
    stdio: ['pipe', 'pipe', 'ignore'],
    signal,
    killSignal: 'SIGKILL',
  });
  let stopped: Failure | undefined;
  const stop = (why: Failure) => {
    stopped ??= why;
    child.kill('SIGKILL');
  };
  const timer = setTimeout(() => stop('too-slow'), timeMs);
  const pieces: Buffer[] = [];
  let bytes = 0;
  child.stdout.on('data', (piece: Buffer) => {
    bytes += piece.length;
    if (bytes > MAX_OUTPUT_BYTES) stop('too-large');
    else pieces.push(piece);
  });
  // A process that ends before it has read the file closes the pipe.
  child.stdin.on('error', () => {});
  child.stdin.end(content);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    if (stopped !== undefined) return { failure: stopped };
    return code === 0 ? admitted(Buffer.concat(pieces).toString()) : CRASHED;
  } finally {
    clearTimeout(timer);
  }
}

const CRASHED: Parsed = { failure: 'crashed' };

/** The output of the parser, if it has the form that it must have. */
function admitted(output: string): Parsed {
  let value: unknown;
  try {
    value = JSON.parse(output);
  } catch {
    return CRASHED;
  }
  if (typeof value !== 'object' || value === null) return CRASHED;
  const { failure, kind, text, lost } = value as Readonly<Record<string, unknown>>;
  if (failure !== undefined) return FAILURES.includes(failure as Failure) ? { failure: failure as Failure } : CRASHED;
  const known = OFFICE_KINDS.find((one) => one === kind);
  const isText = typeof text === 'string' && Buffer.byteLength(text) <= MAX_TEXT_BYTES;
  return known !== undefined && isText && isLost(lost) ? { kind: known, text, lost } : CRASHED;
}

const isLost = (value: unknown): value is Lost =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).every(
    ([name, times]) => LOSSES.some((loss) => loss === name) && Number.isSafeInteger(times) && times > 0,
  );
