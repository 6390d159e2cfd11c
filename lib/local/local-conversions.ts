import { existsSync } from 'node:fs';
import path from 'node:path';
import { paginateScan } from '@aws-sdk/client-dynamodb';
import { Converter, type ConverterOptions } from '../runtime/conversion/converter';
import { PARSER_FILE, runParser } from '../runtime/conversion/run-parser';
import { UsableError } from './aws/shared/usable-error';

/** What one workspace's conversions on this machine need. */
export interface LocalConversionsOptions extends Omit<ConverterOptions, 'parse' | 'requests'> {
  readonly requests: { readonly client: Parameters<typeof paginateScan>[0]['client']; readonly name: string };
  /** Receives each failure of a store; the request is answered after the next one, or the next start. */
  readonly failed: (error: unknown) => void;
}

/** The conversions of one workspace on this machine: this process does what the table's stream and its function do in a deployment. */
export class LocalConversions {
  private readonly converter: Converter;
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  /** @throws UsableError if the parser isn't built */
  constructor(private readonly options: LocalConversionsOptions) {
    const file = parserFile();
    const { signal } = this.stopping;
    this.converter = new Converter({ ...options, parse: (content) => runParser(content, { file, signal }) });
  }

  /** Answers every request that isn't answered, one after the other. */
  public requested(): void {
    this.running = this.running.then(() => this.answer()).catch((error) => this.report(error));
  }

  /** Ends the parser. The requests are answered after the next start. */
  public async close(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async answer(): Promise<void> {
    const { client, name: TableName } = this.options.requests;
    for await (const { Items = [] } of paginateScan({ client }, { TableName })) {
      for (const { pk, sk, answered } of Items) {
        if (this.stopping.signal.aborted) return;
        if (answered !== undefined) continue;
        await this.converter.convert(pk?.S ?? '', sk?.S ?? '').catch((error) => this.report(error));
      }
    }
  }

  private report(error: unknown): void {
    if (!this.stopping.signal.aborted) this.options.failed(error);
  }
}

/** The parser as it was built, in this package. */
function parserFile(): string {
  for (let folder = __dirname; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'package.json'))) {
      const file = path.join(folder, 'dist/bundles/conversion', PARSER_FILE);
      if (existsSync(file)) return file;
      throw new UsableError(`'officeFiles' needs '${file}', which isn't built; run 'npm run build' in '${folder}'`);
    }
    if (folder === path.dirname(folder)) {
      throw new UsableError(
        "'officeFiles' needs the package's own folder, which wasn't found; install the package as a whole",
      );
    }
  }
}
