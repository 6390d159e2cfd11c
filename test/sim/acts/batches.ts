import { requireResults } from '../checks/batches';
import { isRefused } from '../checks/served';
import type { Answer } from '../client';
import { customId, type ModelBatch } from '../model/batches';
import type { ModelMember } from '../model/member';
import { newEntry, newThing, written } from '../model/things';
import { require } from '../violation';
import type { World } from '../world';
import { NOT_FOUND, requireUsual } from './write';

const DAY_MS = 86_400_000;

/** A batch expires after a day, and the sweep finds it in the next one. */
const MOST_MS = 3 * DAY_MS;

const RUNNING = ['validating', 'in_progress', 'cancelling'];

const BODIES = {
  '/v1/responses': (mark: string) => ({ model: 'assistant', input: mark }),
  '/v1/chat/completions': (mark: string) => ({ model: 'assistant', messages: [{ role: 'user', content: mark }] }),
};

/** A member sends a file of requests, and creates a batch of it. */
export async function createBatch(world: World, member: ModelMember): Promise<void> {
  const { random, client } = world;
  const file = newThing('file', member.newMark(), Date.now());
  const count = random.between(1, 6);
  const lines = Array.from({ length: count }, () => ({ ...newEntry(member.newMark(), file.at), isInResponse: true }));
  file.entries.push(...lines);
  member.things.push(file);
  const url = random.chance(0.7) ? '/v1/responses' : '/v1/chat/completions';
  const texts = lines.map(({ mark }, index) =>
    JSON.stringify({ custom_id: customId(index), method: 'POST', url, body: BODIES[url](mark) }),
  );
  const upload = { name: `${file.mark}.jsonl`, content: texts.join('\n'), purpose: 'batch' };
  const sent = await client.send(world.person(member), 'POST', '/v1/files', upload);
  requireUsual(world, member, sent);
  if (sent.isDone) file.id = sent.json.id;
  for (const one of [file, ...lines]) written(one, sent.isSure, sent.isDone, Date.now());
  if (!sent.isDone) return;
  const marks = lines.map(({ mark }) => mark);
  world.calls.expect(marks);
  const body = { input_file_id: file.id, endpoint: url, completion_window: '24h' };
  const answer = await client.send(world.person(member), 'POST', '/v1/batches', body);
  requireUsual(world, member, answer, 'rate_limit_exceeded', ...NOT_FOUND);
  if (!answer.isDone || member.state === 'erased') return;
  const { id } = answer.json;
  world.calls.began(id, member.id, marks);
  member.batches.push({ id, file, lines, sentAt: answer.began, isCancelled: false });
}

/** A member asks what became of a batch, and reads its results once it is over. */
export async function readBatch(world: World, member: ModelMember, batch: ModelBatch): Promise<void> {
  const { client } = world;
  const answer = await client.send(world.person(member), 'GET', `/v1/batches/${batch.id}`);
  if (!hasAnswer(world, member, answer)) return;
  if (answer.status === 404) return requireOld(world, batch, 'the batch');
  const { status, output_file_id, error_file_id } = answer.json;
  if (RUNNING.includes(status)) {
    const isOld = answer.began - batch.sentAt >= MOST_MS;
    require(!isOld, 'a batch ends', `an end of ${batch.id}`, status);
    return;
  }
  const files: string[] = [];
  for (const file of [output_file_id, error_file_id]) {
    if (file === null) {
      files.push('');
      continue;
    }
    const content = await client.send(world.person(member), 'GET', `/v1/files/${file}/content`);
    if (!hasAnswer(world, member, content)) return;
    if (content.status === 404) return requireOld(world, batch, `the file ${file}`);
    files.push(content.text);
  }
  const [output = '', errors = ''] = files;
  requireResults(world, member, batch, { batch: answer.json, output, errors });
  member.batches = member.batches.filter((other) => other !== batch);
}

/** A member cancels a job, which may be over. */
export async function cancelJob(world: World, member: ModelMember): Promise<void> {
  const { random, client } = world;
  const batch = random.pick(member.batches);
  const later = random.pick(member.later);
  const one = batch !== undefined && (later === undefined || random.chance(0.5)) ? batch : later;
  if (one === undefined) return;
  one.isCancelled = true;
  const path = one === batch ? `/v1/batches/${one.id}/cancel` : `/v1/responses/${one.id}/cancel`;
  const answer = await client.send(world.person(member), 'POST', path, {});
  requireUsual(world, member, answer, 'invalid_value', 'batch_not_found', 'response_not_found');
}

const hasAnswer = (world: World, member: ModelMember, answer: Answer): boolean =>
  answer.isSure && !isRefused(world, member, answer) && member.state === 'served';

function requireOld(world: World, { id, sentAt }: ModelBatch, what: string): void {
  const isOld = Date.now() - sentAt > (world.retentionDays - 1) * DAY_MS;
  require(isOld, 'every read returns what was written', `${what} of ${id}`, 'nothing');
}
