import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { likelyKind } from '@/lib/boundary/model-kind';
import { MODEL_TRAITS } from '@/lib/facts/generated/model-traits';
import { PACKAGED } from '@/lib/facts/packaged';
import { createGateway } from '@/lib/runtime/gateway/app';
import type { ConverseRequest } from '@/lib/runtime/gateway/bedrock/bedrock';
import { writeBytes } from '@/lib/runtime/gateway/bedrock/bedrock-bytes';
import { BedrockFailure } from '@/lib/runtime/gateway/bedrock/bedrock-failure';
import type { Upstream } from '@/lib/runtime/gateway/context/request-context';
import type { FetchHandler } from '@/lib/runtime/http/handler/request-env';
import { ANSWER } from './fake-bedrock';
import { NO_BEDROCK } from './gateway';
import { speech } from './scripted-bedrock';
import { complaintAbout } from './strict-bedrock';

/** The day of these tests, by which some models have ended. */
const TODAY = '2026-11-30';

/** Every chat model that Bedrock serves, and whose row counts: a row of low confidence allows nothing. */
export const MODELS: readonly string[] = MODEL_TRAITS.filter(({ confidence }) => confidence !== 'low')
  .map(({ modelId }) => modelId)
  .filter((modelId) => ['text', 'safeguard'].includes(likelyKind(PACKAGED, modelId)))
  .filter((modelId) => (PACKAGED.model(modelId)?.endsAt ?? '9999-99-99') > TODAY);

/** A gateway for each model, whose only model it is, in front of a Bedrock that refuses what the real one would. */
export class StrictModels {
  /** The last request as it would be on the wire; undefined if none was sent. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever was sent
  public sent: any;
  /** Why Bedrock would refuse it; undefined if it wouldn't. */
  public complaint: string | undefined;
  private readonly gateways = new Map(MODELS.map((modelId) => [modelId, this.gatewayFor(modelId)]));

  /** The answer of a model's gateway. */
  public fetch(modelId: string, request: Request): Response | Promise<Response> {
    this.sent = undefined;
    this.complaint = undefined;
    return (this.gateways.get(modelId) as FetchHandler).fetch(request);
  }

  private gatewayFor(modelId: string): FetchHandler {
    const regions = ['eu-central-1'];
    const destination = {
      provider: 'bedrock',
      id: modelId,
      modelId,
      throughProfile: false,
      sourceRegion: 'eu-central-1',
      regions,
    } as const;
    const upstream: Upstream = {
      ...NO_BEDROCK,
      converse: async ({ id }, request) => {
        this.receive('converse', id, request);
        return JSON.parse(ANSWER.body);
      },
      converseStream: async ({ id }, request) => {
        this.receive('converse-stream', id, request);
        return events();
      },
    };
    return createGateway({
      policy: {
        boundary: ResidencyBoundary.eu(),
        keepsContent: true,
        tenant: { kind: 'workspace', ids: ['sciences'] },
        models: new Map([['assistant', [destination]]]),
        projects: new Map(),
      },
      upstream,
      record: () => {},
    });
  }

  private receive(operation: string, model: string, request: ConverseRequest): void {
    this.sent = JSON.parse(JSON.stringify(writeBytes(request)));
    this.complaint = complaintAbout({ operation, model, body: this.sent }, TODAY)?.message;
    if (this.complaint !== undefined) throw new BedrockFailure('ValidationException', 400);
  }
}

async function* events() {
  for (const [name, payload] of speech('Guten Tag') as [string, object][]) yield { [name]: payload } as never;
}
