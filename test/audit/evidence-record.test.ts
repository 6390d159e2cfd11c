import { evidenceRecord } from '@/lib/cli/audit/join/evidence-record';

/** A record as version 0.1.0 wrote it, without destinations that were passed over. */
const RECORD = {
  event: 'residency',
  id: '3d2f1d7e-58e7-4a4b-8a5e-0d6c2a3f9b10',
  stream: '9f0f6f8e-2c8b-4a42-9a34-7e4f60a8a001',
  seq: 0,
  time: '2026-12-01T00:00:00.000Z',
  tenant: 'sciences',
  destination: 'eu.amazon.nova-lite-v1:0',
  attempts: [
    {
      destination: 'eu.amazon.nova-lite-v1:0',
      sourceRegion: 'eu-central-1',
      requestIds: ['00000000-0000-4000-8000-000000000001'],
      outcome: 'answered',
    },
  ],
  mayProcess: ['eu-central-1'],
};

test('a destination that was passed over is no attempt, and changes nothing of what an audit reads', () => {
  const skipped = [{ destination: 'openai/gpt-5.4', sourceRegion: 'eu.api.openai.com', why: 'out-of-use' }];
  const read = evidenceRecord(RECORD);
  expect(read?.attempts).toHaveLength(1);
  expect(evidenceRecord({ ...RECORD, skipped })).toEqual(read);
});

test('a record of a request that no destination could answer lacks no attempts', () => {
  const { destination: _, attempts: __, mayProcess: ___, ...rest } = RECORD;
  const skipped = [{ destination: 'openai/gpt-5.4', sourceRegion: 'eu.api.openai.com', why: 'failed-before' }];
  expect(evidenceRecord({ ...rest, skipped })).toMatchObject({ attempts: [], mayProcess: [], lacksAttempts: false });
});
