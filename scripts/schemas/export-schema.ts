import { z } from 'zod';
import type { JsonSchema } from './json-schema';

const time = z.iso.datetime().describe('A time in UTC.');
const id = z.string();
const count = z.int().min(0);

/** OpenAI's objects, whose fields grow with its API. */
const item = z
  .looseObject({
    id,
    type: z.string().describe("OpenAI's type of the item, such as `message`."),
    provenance: z
      .looseObject({
        action: z.literal('c2pa.created'),
        digitalSourceType: z.string().describe("IPTC's digital source type."),
        when: time.optional(),
        softwareAgent: z.object({ name: z.string() }).optional().describe('The model.'),
      })
      .optional()
      .describe('Only on an item that a model generated.'),
  })
  .describe("An item, as OpenAI's Responses API returns it.");

const place = z.string().describe('Where in the archive the content is.');

const continued = z.union([
  z.object({ response: id }),
  z.object({ line: id, through: count.describe('The sequence number of the last item that it continues.') }),
]);

/** The lines of each folder. */
const LINES = {
  conversations: z
    .object({ id, created_at: time, updated_at: time, metadata: z.record(z.string(), z.unknown()) })
    .describe('A conversation.'),
  threads: z
    .object({ id, created_at: time, updated_at: time, continues: continued.nullable() })
    .describe('A chain of responses that continue each other.'),
  items: z
    .object({
      in: id.describe('The conversation or thread.'),
      seq: count.describe('The place in it, from 0. Deleted items leave gaps.'),
      at: time,
      generated: z.boolean().describe('Whether a model generated it.'),
      item,
    })
    .describe('An item of a conversation or thread.'),
  responses: z.looseObject({ id, input: z.array(item), output: z.array(item) }).describe('A stored response.'),
  files: z
    .object({
      id,
      name: z.string(),
      purpose: z.string(),
      kind: z.string().describe('What the content is, by its bytes.'),
      created_at: time,
      conversion: z
        .union([
          z.object({
            kind: z.string(),
            bytes: count.describe('The bytes of the text.'),
            lost: z.record(z.string(), count).describe('What the text lacks, and how many of each.'),
          }),
          z.object({ failure: z.string().describe('Why it has no text.') }),
        ])
        .optional()
        .describe('The outcome of the conversion of an office file, once there is one.'),
      file: place,
      text: place.optional().describe('Where in the archive the text of an office file is, if it was converted.'),
    })
    .describe('A file.'),
  prompts: z.object({ id, name: z.string().nullable(), created_at: time }).describe('A prompt.'),
  prompt_versions: z
    .object({
      prompt: id,
      version: count,
      created_at: time,
      instructions: z.string(),
      model: z.string().optional(),
      files: z.array(id),
    })
    .describe('A version of a prompt.'),
  shares: z
    .object({
      id,
      group: z.string(),
      prompt: id,
      version: count,
      created_at: time.describe('When it was shared.'),
      name: z.string().nullable(),
      instructions: z.string(),
      model: z.string().nullable(),
      files: z.array(id),
    })
    .describe('A version of a prompt that was shared with a group.'),
  shared_files: z
    .object({ share: id, id, kind: z.string(), created_at: time, file: place })
    .describe('The copy of a file that was shared with a prompt.'),
  api_keys: z
    .object({
      id,
      name: z.string(),
      created_at: time,
      expires_at: time,
      models: z.array(z.string()).nullable().describe('The models that the key is restricted to; null for none.'),
      course: z.string().nullable().describe('The course that the key charges; null for none.'),
      limits: z.object({
        requests_per_minute: count.nullable(),
        tokens_per_day: count.nullable(),
        tokens_per_month: count.nullable(),
        usd_per_month: z.number().nullable(),
      }),
      signed_in_at: time.optional().describe("The user's last sign-in; not in a hand-over."),
      groups: z
        .array(z.string())
        .optional()
        .describe(
          "Of the groups with budgets or courses, those that the user's newest token named, if any; not in a hand-over, nor with SCIM.",
        ),
    })
    .describe('An API key of the user, without its secret.'),
  batches: z.looseObject({ id, status: z.string() }).describe("A batch, as OpenAI's Batch API returns it."),
  batch_results: z
    .looseObject({ batch: id, id, custom_id: z.string() })
    .describe("The result of a line of a batch that isn't over, as in OpenAI's output file."),
  uploads: z
    .object({
      id,
      name: z.string(),
      purpose: z.string(),
      type: z.string().describe('The media type that the client named.'),
      bytes: count.describe('The bytes that the client announced.'),
      created_at: time,
      ends_at: time,
    })
    .describe("An upload that wasn't completed."),
  upload_parts: z.object({ upload: id, part: id, created_at: time, file: place }).describe('A part of an upload.'),
  usage: z
    .union([
      z.object({ day: z.iso.date(), tokens: count }).describe('The tokens used on a day in UTC.'),
      z
        .object({
          month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
          tokens: count,
          models: z.record(z.string(), count).describe('The tokens by model.'),
        })
        .describe('The tokens used in a month in UTC.'),
    ])
    .describe('The tokens used on a day, or in a month; not in a hand-over.'),
  records: z
    .object({ record: id.describe('The ID of a residency record.'), time })
    .describe('A residency record of a request.'),
};

const manifest = z
  .object({
    formatVersion: z
      .literal(1)
      .describe('Grows when a program that reads exports would have to change. Exports of 0.1.0 have none.'),
    export: id,
    workspace: id,
    user: id.describe('The `sub` of the tokens of the member whose content it is.'),
    requestedAt: time,
    format: z.string().describe('The format, for people.'),
    generated: z.object({
      digitalSourceType: z.string().describe('The value that marks of generated content have.'),
      marks: z.string().describe('What the marks mean, for people.'),
    }),
    counts: z.record(z.string(), count).describe('The number of lines in each folder.'),
    files: z
      .array(
        z.object({
          name: z.string().describe('The path in the archive.'),
          bytes: count,
          lines: count.describe('Of JSON Lines; 0 for other files.'),
          sha256: z.string().regex(/^[0-9a-f]{64}$/),
        }),
      )
      .describe('Every file of the archive but `manifest.json` itself.'),
  })
  .describe('`manifest.json` of an export. `$defs` has the lines of each folder, by its name.');

const schemaOf = (type: z.ZodType): JsonSchema => {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { target: 'draft-2020-12', io: 'input' });
  return schema as JsonSchema;
};

/** The JSON Schema of exports: of the manifest, and in `$defs` of the lines of each folder. */
export function exportJsonSchema(): JsonSchema {
  const $defs = Object.fromEntries(Object.entries(LINES).map(([folder, line]) => [folder, schemaOf(line)]));
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', ...schemaOf(manifest), $defs };
}
