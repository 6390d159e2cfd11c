import { docx, paragraph } from '@/test/runtime/conversion/support/documents';
import { ServedWorkspaces } from './support/served-workspaces';

// A machine may be busy with other tests.
jest.setTimeout(60_000);

const served = new ServedWorkspaces();
const purpose = 'user_data' as const;
beforeAll(() => served.start());
afterAll(() => served.end());
const member = () => served.client('sciences', 'member');
const office = (text: string) => new File([new Uint8Array(docx(paragraph(text)))], 'a.docx');

test('a file is converted in a process of its own, and the client waits for it', async () => {
  const openai = member();
  const { id, status } = await openai.files.create({ file: office('Grüße'), purpose });
  expect(status).toBe('uploaded');
  const processed = await openai.files.waitForProcessing(id, { pollInterval: 100 });
  expect(processed).toMatchObject({ status: 'processed' });
  const answer = await openai.responses.create({
    model: 'assistant',
    input: [{ role: 'user', content: [{ type: 'input_file', file_id: id }] }],
  });
  expect(answer.status).toBe('completed');
});

test('a file that waits when the process ends is converted after the next start', async () => {
  const { id } = await member().files.create({ file: office('later'), purpose });
  await served.restart();
  expect(await member().files.waitForProcessing(id, { pollInterval: 100 })).toMatchObject({ status: 'processed' });
});

test('a workspace without office files refuses them', async () => {
  const refused = served.client('office', 'member').files.create({ file: office('x'), purpose });
  await expect(refused).rejects.toMatchObject({ status: 400, code: 'file_refused' });
});
