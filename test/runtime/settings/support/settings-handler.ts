import type { RetentionCheck } from '@/lib/boundary/retention-check';
import type { SettingsPolicy } from '@/lib/contract/policies/settings-policy';
import type { CustomResourceResponse } from '@/lib/runtime/aws/custom-resource';
import { createSettingsHandler, type SettingsHandlerOptions } from '@/lib/runtime/settings/settings-handler';
import type { FakeControlPlane } from './fake-control-plane';

export const REGIONS = ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-west-1', 'eu-west-3'];
export const PROFILE = 'eu.amazon.nova-lite-v1:0';
export const NOW = new Date('2026-11-24T09:00:00.000Z');

export const RETENTION: SettingsPolicy = {
  task: 'retention',
  boundary: 'eu',
  mode: 'manage',
  regions: REGIONS,
  destinations: [
    { id: PROFILE, sourceRegion: 'eu-central-1', throughProfile: true, regions: REGIONS },
    {
      id: 'openai.gpt-oss-120b-1:0',
      sourceRegion: 'eu-central-1',
      throughProfile: false,
      regions: ['eu-central-1'],
    },
  ],
};

export const CHECK: SettingsPolicy = {
  ...RETENTION,
  task: 'check',
  destinations: RETENTION.destinations.map((destination) => ({
    ...destination,
    modelId: destination.id.replace(/^eu\./, ''),
  })),
};

export const event = (RequestType: 'Create' | 'Update' | 'Delete', more: object = {}) => ({
  RequestType,
  ResponseURL:
    'https://cloudformation-custom-resource-response-eucentral1.s3.eu-central-1.amazonaws.com/x?signature=SECRET',
  StackId: 'arn:aws:cloudformation:eu-central-1:111122223333:stack/exemple-foundation/1',
  RequestId: 'request-1',
  LogicalResourceId: 'Retention',
  ResourceType: 'Custom::BedrockRetention',
  ResourceProperties: { Regions: ['us-east-1'] },
  ...more,
});

/** A handler on a fake control plane, with everything that it stored, logged and answered. */
export function providerFor(
  fake: FakeControlPlane,
  policy: SettingsPolicy,
  options: Partial<SettingsHandlerOptions> = {},
) {
  const former: [region: string, mode: string][] = [];
  const readings: RetentionCheck[] = [];
  const lines: Record<string, unknown>[] = [];
  const answers: CustomResourceResponse[] = [];
  const handler = createSettingsHandler({
    policy,
    control: fake.control(),
    storeFormer: async (...kept) => void former.push(kept),
    storeReading: async (reading) => void readings.push(reading),
    storeRelease: async () => ({ raised: true }),
    responder: {
      boundary: 'eu',
      region: 'eu-central-1',
      delayMs: 1,
      fetch: async (_, { body }) => {
        answers.push(JSON.parse(String(body)));
        return { status: 200 };
      },
    },
    functionName: 'exemple-check',
    now: () => NOW,
    log: (line) => lines.push(line as Record<string, unknown>),
    readBackDelayMs: 1,
    ...options,
  });
  return { handler, former, readings, lines, answers };
}
