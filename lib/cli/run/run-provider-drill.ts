import { writeFileSync } from 'node:fs';
import { explained } from '../deployed/table-errors';
import { type DrillAnswer, DrillRefused, drillProvider, providerDrillLines } from '../drill/provider-drill';
import { type ProviderDrillCommand, readProviderDrill } from '../drill/provider-drill-options';
import { PROVIDER_OUTPUTS, registryOf } from '../providers/registry-of';
import { print } from '../shared/print';
import { UsageError } from '../shared/usage-error';

/** The longest that a request of a drill waits for its answer. */
const ANSWER_MS = 30_000;

/** Runs `drill --provider`; the exit code. */
export async function runProviderDrill(args: readonly string[]): Promise<number> {
  const command = readProviderDrill(args, process.env);
  const { provider, model, out, format } = command;
  try {
    const registry = await registryOf(command.place);
    const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
    const report = await drillProvider({ registry, ask: askBy(command), now: Date.now, wait }, { provider, model });
    const text = JSON.stringify(report, undefined, 2);
    if (out !== undefined) writeFileSync(out, `${text}\n`);
    print(format === 'json' ? JSON.stringify(report) : providerDrillLines(report).join('\n'));
    return report.passed ? 0 : 1;
  } catch (error) {
    const { name, message } = error as Error;
    if (error instanceof DrillRefused || name === 'RegistryConflict') throw new UsageError(message);
    throw explained(error, PROVIDER_OUTPUTS.role);
  }
}

/** Each request is a new one of fixed content. A connection that fails is a failed request. */
const askBy =
  ({ url, model, key }: ProviderDrillCommand) =>
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
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      await response.arrayBuffer();
      const destination = response.headers.get('x-residency-destination') ?? undefined;
      return { status: response.status, ...(destination !== undefined && { destination }) };
    } catch {
      return { status: 0 };
    }
  };
