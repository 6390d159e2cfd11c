import { z } from 'zod';
import { boundarySchema } from './boundary-schema';
import { day, line, list, text } from './fields';

const globAllowed = 'a path such as Prod/Chat, in which * stands for any text between slashes and ** for any of them';
const glob = (what: string) => line(`${what}: ${globAllowed}`, 400);
const typeAllowed = 'a type such as AWS::CloudFront::Distribution';
const type = () => text(typeAllowed, /^[A-Za-z0-9]+(::[A-Za-z0-9_@-]+)+$/).max(200, typeAllowed);

const exception = z
  .strictObject(
    {
      rule: text(
        "the id of a rule, which each finding shows, such as 'edge-type'",
        /^[a-z0-9]+(-[a-z0-9]+)*$/,
      ).describe('The rule: its id, as each finding and `eu-residency explain` show it.'),
      stack: glob('the path of a stack')
        .optional()
        .describe('Path of the stack, Stages before it; a glob. `stack` or `file` is needed.'),
      file: glob('the path of a template')
        .optional()
        .describe('Path of the template file, from the folder in which the command runs; a glob.'),
      logicalId: text('a logical id, such as Distribution830FAC52', /^[A-Za-z0-9]{1,255}$/)
        .optional()
        .describe('Logical id of the resource. Needed for a custom resource.'),
      type: type().optional().describe('Type of the resource.'),
      property: text('a JSON pointer such as /Properties/Replicas/*/Region', /^\/\S*$/)
        .optional()
        .describe('JSON pointer from the resource, as the finding shows it; a glob.'),
      value: line('a value as the finding shows it', 400)
        .optional()
        .describe('The value, exactly as the finding shows it.'),
      types: list(
        type().describe('A type of resource.'),
        'a list of types, such as [AWS::CertificateManager::Certificate]',
      )
        .meta({ uniqueItems: true })
        .optional()
        .describe('With the rule `stack-region`, for a whole stack outside: the only types that it may hold.'),
      reason: line('why this may be, in words', 1000).describe('Why this may be. Every output repeats it.'),
      approver: line('who allowed it').describe('Who allowed it.'),
      expires: day().describe('The last day on which it holds; afterwards it is a finding itself.'),
    },
    "a mapping with 'rule', 'stack' or 'file', 'reason', 'approver' and 'expires'",
  )
  .describe('Something that may be in spite of a rule.');

const countryAllowed = "a country's two-letter code in upper case, such as DE";
const place = z
  .strictObject(
    {
      host: line('a host such as api.example.de, or *.example.de, in which * is one label and ** several', 253)
        .optional()
        .describe('A host outside AWS; `*` is one label, `**` several.'),
      bucket: text('the name of a bucket, in which * is any text', /^[a-z0-9*][a-z0-9.*-]*$/)
        .optional()
        .describe('An S3 bucket that no template of the app makes; `*` is any text.'),
      type: text('a third-party type such as Datadog::*', /^[A-Za-z0-9]+::[A-Za-z0-9:*_-]+$/)
        .optional()
        .describe(
          'A type of resource that hands data to others; `*` is any text, except in a type of AWS. Never `Custom::`.',
        ),
      country: text(countryAllowed, /^[A-Z]{2}$/).describe('Where it keeps and processes data: ISO 3166-1 alpha-2.'),
      reason: line('how that is known', 1000).describe('How that is known.'),
    },
    "a mapping with one of 'host', 'bucket' and 'type', and with 'country' and 'reason'",
  )
  .describe('A place that you know and this package does not. Exactly one of `host`, `bucket` and `type`.');

const stackBoundary = z
  .strictObject(
    {
      stack: glob('the path of a stack, a Stage or a template').describe(
        'Path of a stack, of a Stage (and all that is in it) or of a template file; a glob.',
      ),
      boundary: boundarySchema.describe('What counts as inside for it, written like `boundary`.'),
    },
    "a mapping with 'stack' and 'boundary'",
  )
  .describe('Another boundary for some stacks.');

/** What an owner may declare, in `residency.yaml` or in a file of its own. */
export const declarationShape = {
  exceptions: z
    .array(exception, 'a list of exceptions')
    .optional()
    .describe('What may be in spite of a rule, with reason, approver and last day.'),
  places: z
    .array(place, 'a list of places')
    .optional()
    .describe('Where hosts, buckets and third-party types are. One in a country outside is refused all the same.'),
  boundaries: z
    .array(stackBoundary, "a list of mappings with 'stack' and 'boundary'")
    .optional()
    .describe('Other boundaries for some stacks: the first row that matches counts; without one, `boundary`.'),
};

/** What may stand in `residency-exceptions.yaml`. */
export const declarationsSchema = z
  .strictObject(declarationShape, "a mapping with any of 'exceptions', 'places' and 'boundaries'")
  .meta({ title: 'residency-exceptions.yaml' });

/** Declarations as they are written, once their shape is right. */
export type DeclarationsFile = z.input<typeof declarationsSchema>;
