import { PassThrough, type Writable } from 'node:stream';
import { EGRESS_ALIASES, type EgressPrelude, type EgressRequest, PRELUDE_END } from '@/lib/contract/egress';
import type { EgressPolicy } from '@/lib/contract/policies/egress-policy';
import type { TenantKind } from '@/lib/contract/tenant';
import type { Egress } from '@/lib/runtime/egress/egress';

/** A policy with a provider of each form of key. Models with `stored` in their name serve workspaces only. */
export const POLICY: EgressPolicy = {
  boundary: 'eu',
  providers: [
    {
      name: 'openai',
      service: 'openai',
      accepted: 'the board accepts it',
      zeroRetention: 'Amendment M-123',
      secret: 'residency/egress/openai',
      models: [
        { model: 'gpt-5.4', kind: 'text', servesProjects: true },
        { model: 'gpt-5.4-stored', kind: 'text', servesProjects: false },
        { model: 'text-embedding-3-small', kind: 'embedding', servesProjects: true },
      ],
    },
    {
      name: 'azure-eu',
      service: 'azure',
      resource: 'contoso-eu',
      region: 'germanywestcentral',
      accepted: 'the board accepts it',
      zeroRetention: 'Amendment M-123',
      deployments: [
        {
          name: 'gpt-5-4-eu',
          sku: 'DataZoneStandard',
          model: 'gpt-5.4',
          readOn: new Date().toISOString().slice(0, 10),
        },
      ],
      secret: 'residency/egress/azure-eu',
      models: [{ model: 'gpt-5-4-eu', kind: 'text', servesProjects: false }],
    },
    {
      name: 'scaleway',
      service: 'scaleway',
      secret: 'residency/egress/scaleway',
      models: [{ model: 'gpt-oss-120b', kind: 'text', servesProjects: false }],
    },
  ],
};

/** What no log and no answer may contain. */
export const CONTENT = 'Die geheime Kanarienfrage 7391';

export const BODY = {
  model: 'gpt-5.4',
  messages: [{ role: 'user', content: CONTENT }],
  store: false,
  prompt_cache_retention: 'in_memory',
};

/** A request of a gateway. */
export const requestOf = (body: unknown = BODY, over: Partial<EgressRequest> = {}): EgressRequest => ({
  provider: 'openai',
  model: 'gpt-5.4',
  kind: 'text',
  path: '/chat/completions',
  body: typeof body === 'string' ? body : JSON.stringify(body),
  ...over,
});

export const arnOf = (kind: TenantKind = 'project'): string =>
  `arn:aws:lambda:eu-central-1:111122223333:function:egress:${EGRESS_ALIASES[kind]}`;

/** An answer of the function, read to its end. */
export interface Invoked {
  readonly prelude: EgressPrelude;
  readonly body: string;
  /** All that was written, as text. */
  readonly text: string;
  /** The error by which the invocation failed. */
  readonly error: Error | undefined;
}

/** Invokes the function, and reads its answer. */
export async function invoke(egress: Egress, event: unknown, arn = arnOf()): Promise<Invoked> {
  const out = new PassThrough();
  const [written, error] = await Promise.all([
    readAll(out),
    failureIn(egress(event, out, { invokedFunctionArn: arn }), out),
  ]);
  const end = written.indexOf(PRELUDE_END);
  return {
    prelude: JSON.parse(written.toString('utf8', 0, end)),
    body: written.toString('utf8', end + PRELUDE_END.length),
    text: written.toString(),
    error,
  };
}

async function readAll(out: PassThrough): Promise<Buffer> {
  const pieces: Buffer[] = [];
  out.on('data', (piece: Buffer) => pieces.push(piece));
  await new Promise<void>((resolve) => out.once('close', resolve).once('end', resolve));
  return Buffer.concat(pieces);
}

/** As Lambda does, ends what a failed invocation has left open. */
async function failureIn(invocation: Promise<void>, out: Writable): Promise<Error | undefined> {
  try {
    await invocation;
    return undefined;
  } catch (error) {
    out.destroy();
    return error as Error;
  }
}
