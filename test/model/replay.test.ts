import { readdirSync } from 'node:fs';
import path from 'node:path';
import { replay } from './replay/replay';
import { readTrace } from './replay/trace';

const folder = process.env.MODEL_TRACES ?? '';

test.each(readdirSync(folder).sort())('the package does what the model does in %s', async (file) => {
  expect(await replay(readTrace(path.join(folder, file)))).toBeUndefined();
});
