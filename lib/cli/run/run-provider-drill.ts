import { explained } from '../deployed/table-errors';
import { type DrillAnswer, DrillRefused, DrillStopped, drillProvider, StillOut } from '../drill/provider-drill';
import { type ProviderDrillCommand, readProviderDrill } from '../drill/provider-drill-options';
import { writeDrill } from '../drill/write-drill';
import { PROVIDER_OUTPUTS } from '../providers/provider-outputs';
import type { ProvidersPlace } from '../providers/providers-place';
import { registryOf } from '../providers/registry-of';
import { printError } from '../shared/print';
import { UsageError } from '../shared/usage-error';
import { refuseUnwritableFile } from '../shared/writable';

/** The longest that a request of a drill waits for its answer. */
const ANSWER_MS = 30_000;

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Runs `drill --provider`; the exit code. A signal stops the drill, and the provider is readmitted before the process ends. */
export async function runProviderDrill(args: readonly string[]): Promise<number> {
  const command = readProviderDrill(args, process.env);
  const { provider, model, out, format } = command;
  if (out !== undefined) refuseUnwritableFile('--out', out);
  const readmission = readmissionOf(provider, command.place);
  const stop = new AbortController();
  const { signal } = stop;
  const onSignal = () => {
    // A second signal ends the process at once, as the system does.
    for (const name of SIGNALS) process.off(name, onSignal);
    printError(`the drill stops; if '${provider}' is out of use after it, run: ${readmission}`);
    stop.abort();
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  try {
    const registry = await registryOf(command.place);
    const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
    const report = await drillProvider(
      { registry, ask: askBy(command, signal), now: Date.now, wait, signal },
      { provider, model },
    );
    const isWritten = writeDrill(report, format, out);
    return report.passed && isWritten ? 0 : 1;
  } catch (error) {
    if (error instanceof DrillStopped) {
      printError(`the drill was stopped before its end; '${provider}' is in use`);
      return 1;
    }
    if (error instanceof StillOut && (error.cause as Error).name !== 'RegistryConflict')
      printError(`${error.message}, so it is still out of use; run: ${readmission}`);
    const reason = error instanceof StillOut ? error.cause : error;
    const { name, message } = reason as Error;
    if (error instanceof DrillRefused || name === 'RegistryConflict') throw new UsageError(message);
    throw explained(reason, PROVIDER_OUTPUTS.role);
  } finally {
    for (const name of SIGNALS) process.off(name, onSignal);
  }
}

/** The command that readmits a provider where the drill took it out of use. */
function readmissionOf(provider: string, place: ProvidersPlace): string {
  const { config, ...others } = place;
  const isNamed = Object.values(others).some((value) => value !== undefined);
  const options = Object.entries(isNamed ? others : { config }).flatMap(([option, value]) =>
    value === undefined ? [] : [`--${option} '${value.replaceAll("'", `'\\''`)}'`],
  );
  return ['eu-residency providers readmit', provider, ...options].join(' ');
}

/** Each request is a new one of fixed content. A connection that fails is a failed request. */
const askBy =
  ({ url, model, key }: ProviderDrillCommand, stopped: AbortSignal) =>
  async (): Promise<DrillAnswer> => {
    try {
      const response = await fetch(`${url}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          model,
          messages: [{ role: 'user', content: 'Answer with the word OK.' }],
          max_tokens: 16,
        }),
        redirect: 'error',
        signal: AbortSignal.any([stopped, AbortSignal.timeout(ANSWER_MS)]),
      });
      await response.arrayBuffer();
      const destination = response.headers.get('x-residency-destination') ?? undefined;
      return { status: response.status, ...(destination !== undefined && { destination }) };
    } catch {
      return { status: 0 };
    }
  };
