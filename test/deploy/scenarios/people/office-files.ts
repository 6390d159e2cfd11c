import assert from 'node:assert/strict';
import { docx, paragraph } from '@/test/runtime/conversion/support/documents';
import { ANSWER, QUESTION } from '../requests';
import { byToken, type People } from './people';

/** Longer than its file, which is compressed. */
const TEXT = 'Kurvendiskussion für Anfänger. '.repeat(500);

/** An office file, which the deployed function converts in a process without permissions: the emulator's event source mapping invokes it. */
export async function officeFiles(people: People): Promise<void> {
  const { context, apis } = people;
  const client = byToken(people, apis.tokens.member);
  const upload = (content: Uint8Array<ArrayBuffer>) =>
    client.files.create({ file: new File([content], 'a.docx'), purpose: 'user_data' });
  await context.report.check(
    "office: the stream's function converts a file, and a model is sent its text",
    async () => {
      const file = new Uint8Array(docx(paragraph(TEXT)));
      const { id, status } = await upload(file);
      assert.equal(status, 'uploaded');
      const { status: processed } = await client.files.waitForProcessing(id, { pollInterval: 250, maxWait: 60_000 });
      assert.equal(processed, 'processed');
      apis.bedrock.clearRequests();
      const answer = await client.responses.create({
        model: 'assistant',
        input: [
          {
            role: 'user',
            content: [
              { type: 'input_file', file_id: id },
              { type: 'input_text', text: QUESTION },
            ],
          },
        ],
      });
      assert.equal(answer.output_text, ANSWER);
      // The fake model records no documents, but the length of what it received.
      const [request] = apis.bedrock.getRequests();
      const received = Number(request?.headers['content-length']);
      assert.ok(
        file.length < TEXT.length && received > Buffer.byteLength(TEXT),
        `the model received ${received} bytes`,
      );
      return `${file.length} bytes as ${TEXT.length} characters`;
    },
  );
  await context.report.check('office: a broken file is reported as one', async () => {
    const whole = docx(paragraph(TEXT));
    const { id } = await upload(new Uint8Array(whole.subarray(0, whole.length / 2)));
    const { status, status_details: details } = await client.files.waitForProcessing(id, {
      pollInterval: 250,
      maxWait: 60_000,
    });
    assert.equal(status, 'error');
    return details;
  });
}
