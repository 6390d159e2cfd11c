import { BundlesTarget, functionFor } from '../attacks/targets/bundles-target';
import { MEMORY } from '../attacks/targets/deployed-functions';
import type { Target } from './prepared';
import { ends, type FuzzRequest, type Outcome } from './served-process';

/** The built functions of a deployment as Lambda runs them, each request in a fresh process, on the same stores. */
export class BundledFunctions implements Target {
  private constructor(private readonly target: BundlesTarget) {}

  public static async start(): Promise<BundledFunctions> {
    return new BundledFunctions(await BundlesTarget.start({}));
  }

  public async send({ as, method, path, body }: FuzzRequest): Promise<Outcome> {
    await this.target.restart();
    const encoded = body instanceof FormData ? new Response(body) : undefined;
    const sent = {
      as,
      method,
      path,
      headers: encoded && [['Content-Type', encoded.headers.get('content-type') ?? ''] as const],
      body: encoded ? Buffer.from(await encoded.arrayBuffer()) : body,
    };
    const memory = MEMORY[functionFor(sent)] * 1_024 ** 2;
    try {
      const { status, body: answer, bytes, ms } = await this.target.send(sent);
      return { status, bytes, ms, memory, answer: ends(answer), events: answer.split('\n\n').length - 1 };
    } catch {
      // The process ended before it answered.
      const used = { bytes: Number.POSITIVE_INFINITY, ms: Number.POSITIVE_INFINITY };
      return { status: 0, answer: '', events: 0, memory, ...used };
    }
  }

  public settle(): Promise<void> {
    return this.target.settle();
  }

  public stop(): Promise<void> {
    return this.target.stop();
  }
}
