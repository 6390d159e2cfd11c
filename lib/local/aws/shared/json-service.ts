import { LocalFault, unsupported } from './fault';
import type { LocalRequest, LocalResponse } from './request-handler';

type Input = Readonly<Record<string, unknown>>;

/** A service with an AWS JSON protocol, in this process. */
export abstract class JsonService {
  protected abstract readonly operations: Readonly<Record<string, (input: Input) => object>>;

  constructor(private readonly contentType: string) {}

  public async answer({ headers, body }: LocalRequest): Promise<LocalResponse> {
    const operation = (headers['x-amz-target'] ?? '').replace(/^.*\./, '');
    try {
      const run = Object.hasOwn(this.operations, operation) ? this.operations[operation] : undefined;
      if (run === undefined) throw unsupported(`operation ${operation || 'without a name'}`);
      return this.response(200, run(JSON.parse(new TextDecoder().decode(body))));
    } catch (error) {
      if (!(error instanceof LocalFault)) throw error;
      return this.response(error.status, { __type: error.name, message: error.message, ...error.members });
    }
  }

  private response(statusCode: number, content: object): LocalResponse {
    return { statusCode, headers: { 'content-type': this.contentType }, body: Buffer.from(JSON.stringify(content)) };
  }
}
