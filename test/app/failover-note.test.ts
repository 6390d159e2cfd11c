import { failoverNotes } from '@/lib/app/failover-note';
import { readConfig } from '@/lib/config/load';
import { edited, VALID } from '../config/support';

const notes = (text: string) => failoverNotes(readConfig(text, 'residency.yaml').deployment?.models ?? []);
const SECOND = 'openai.gpt-oss-120b-1:0';

test('a note gives the line to add to a file whose failover may change the model', () => {
  expect(notes(VALID)).toEqual([
    "note: if 'eu.anthropic.claude-sonnet-4-6' fails, 'openai.gpt-oss-120b-1:0' answers for model 'assistant'. " +
      "Declare it in residency.yaml, under 'id: assistant':\n" +
      '    interchangeable: true    # or false: only destinations with the first model answer',
  ]);
});

test.each([
  ['declares it', edited('id: assistant', 'id: assistant\n    interchangeable: true')],
  ['forbids it', edited('id: assistant', 'id: assistant\n    interchangeable: false')],
  ['has one destination', edited(`      - bedrock: ${SECOND}\n`, '')],
  ['has one model in two Regions', edited(SECOND, 'eu.anthropic.claude-sonnet-4-6\n        region: eu-west-1')],
])('a file that %s gets no note', (_, text) => {
  expect(notes(text)).toEqual([]);
});
